import IBC
import ICS23
import InterchainEvents
import ModuleKit

/// What other chains prove. A proof counts only under a client that is active, against a header that it has verified.
extension Interchain {
    /// The store under whose name this chain proves what it keeps: the name of the state tree's root.
    static let storeName = "state"

    /// What other chains find this chain's entries under.
    static var prefix: CommitmentPrefix {
        get throws(ModuleError) {
            try ModuleError.wrapping { () throws(IBCError) in try CommitmentPrefix(Array(storeName.utf8)) }
        }
    }

    /// Checks that the chain at the other end of a connection keeps a value under a path.
    ///
    /// - Parameters:
    ///   - proof: an encoded `MerkleProof` of ICS-23, from anybody.
    ///   - height: the header that the proof leads to: its app hash is of the state after the block before.
    /// - Throws: `clientFrozen`, `clientExpired`, `unknownHeight`, `malformedInput`, `invalidProof`, `outOfWork`.
    func verifyMembership(
        of path: StorePath,
        value: [UInt8],
        through connection: ConnectionEnd,
        proof: [UInt8],
        at height: Ibc_Core_Client_V1_Height,
        _ context: Context
    ) throws(ModuleError) {
        let view = try view(of: connection.client, at: height, context)
        let proof = try decode(proof, context)
        try ModuleError.wrapping { () throws(IBCError) in
            try view.client.verifyMembership(
                of: path,
                in: connection.counterparty.prefix,
                value: value,
                proof: proof,
                against: view.consensusState
            )
        }
    }

    /// Checks that the chain at the other end of a connection keeps nothing under a path.
    ///
    /// Otherwise as ``verifyMembership(of:value:through:proof:at:_:)``.
    func verifyNonMembership(
        of path: StorePath,
        through connection: ConnectionEnd,
        proof: [UInt8],
        at height: Ibc_Core_Client_V1_Height,
        _ context: Context
    ) throws(ModuleError) {
        let view = try view(of: connection.client, at: height, context)
        let proof = try decode(proof, context)
        try ModuleError.wrapping { () throws(IBCError) in
            try view.client.verifyNonMembership(
                of: path,
                in: connection.counterparty.prefix,
                proof: proof,
                against: view.consensusState
            )
        }
    }

    private func view(of id: ClientID, at height: Ibc_Core_Client_V1_Height, _ context: Context) throws(ModuleError)
        -> (client: TendermintClientState, consensusState: TendermintConsensusState)
    {
        let client = try requireActive(id, context)
        return (client, try consensusState(of: id, at: Height(protobuf: height), in: context))
    }

    private func decode(_ proof: [UInt8], _ context: Context) throws(ModuleError) -> MerkleProof {
        try context.charge(Work.proof)
        do throws(ICS23Error) {
            return try MerkleProof(decoding: proof)
        } catch {
            throw ModuleError(.malformedInput, "the proof can't be read: \(error.message)")
        }
    }
}
