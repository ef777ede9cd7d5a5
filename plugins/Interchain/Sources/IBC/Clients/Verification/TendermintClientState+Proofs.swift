public import ICS23

extension TendermintClientState {
    /// Checks that the chain's store holds a value under a path.
    ///
    /// Says nothing about whether the client is active. Delay periods are not supported.
    ///
    /// - Parameters:
    ///   - path: The path in the store.
    ///   - prefix: The store's name, which the connection knows.
    ///   - value: The value.
    ///   - proof: One proof for every tree, the lowest first.
    ///   - consensusState: What is verified of the proof's height: its root is that of the state after the block
    ///     before.
    /// - Throws: `invalidProof`, with what is wrong as the cause.
    public func verifyMembership(
        of path: StorePath,
        in prefix: CommitmentPrefix,
        value: [UInt8],
        proof: MerkleProof,
        against consensusState: TendermintConsensusState
    ) throws(IBCError) {
        do throws(ICS23Error) {
            try proof.verifyMembership(
                specs: proofSpecs,
                root: consensusState.root,
                path: prefix.path(to: path),
                value: value
            )
        } catch {
            throw Self.refused(path, error)
        }
    }

    /// Checks that the chain's store holds nothing under a path.
    ///
    /// Otherwise like ``verifyMembership(of:in:value:proof:against:)``.
    public func verifyNonMembership(
        of path: StorePath,
        in prefix: CommitmentPrefix,
        proof: MerkleProof,
        against consensusState: TendermintConsensusState
    ) throws(IBCError) {
        do throws(ICS23Error) {
            try proof.verifyNonMembership(
                specs: proofSpecs,
                root: consensusState.root,
                path: prefix.path(to: path)
            )
        } catch {
            throw Self.refused(path, error)
        }
    }

    private static func refused(_ path: StorePath, _ error: ICS23Error) -> IBCError {
        IBCError(.invalidProof, "the proof of \(quoted(path.text)) does not hold. \(error.message)", cause: error)
    }
}
