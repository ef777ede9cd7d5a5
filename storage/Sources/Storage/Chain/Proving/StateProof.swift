public import ICS23

/// What the state holds under a key at a height, or that it holds nothing, with the proof of it against the app hash.
///
/// The proof has two steps (ICS-23): from the entry to the state root, which is a sparse Merkle tree, and from there to the
/// app hash, which is the root over the named roots of ``BlockHeader/appHash``.
public struct StateProof: Hashable, Sendable {
    /// What the steps of a proof look like, the lower first: `smt`, then `tendermint`.
    public static let specs = [ProofSpec.smt, ProofSpec.tendermint]

    /// The height.
    public let height: UInt64
    /// The full key. Of a published one the proof tells neither instance nor collection.
    public let key: [UInt8]
    /// What the state holds, nil when there is no such key.
    public let value: [UInt8]?
    /// Both steps.
    public let proof: MerkleProof

    /// Makes a proof from its parts, as received.
    public init(height: UInt64, key: [UInt8], value: [UInt8]?, proof: MerkleProof) {
        self.height = height
        self.key = key
        self.value = value
        self.proof = proof
    }

    /// Where the entry is, for a verifier of ICS-23: the name of the state's root, then the ``StateKey/committedKey(of:)``.
    public var path: MerklePath {
        MerklePath(keys: [BlockHeader.RootName.state.bytes, Array(StateKey.committedKey(of: key))])
    }

    /// Checks the proof against an app hash that the caller trusts.
    ///
    /// - Throws: what is wrong, as ICS-23's verification says it.
    public func verify(appHash: Hash) throws(ICS23Error) {
        if let value {
            try proof.verifyMembership(
                specs: Self.specs,
                root: appHash.bytes,
                path: path,
                value: SparseMerkleTree.committedValue(of: value)
            )
        } else {
            try proof.verifyNonMembership(specs: Self.specs, root: appHash.bytes, path: path)
        }
    }
}
