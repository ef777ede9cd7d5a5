import ICS23

/// Proofs of state keys against the app hash of one block. Must not outlive the view that it reads.
struct StateProver {
    private let header: BlockHeader
    private var tree: TreeProver
    /// The step from the state root to the app hash, which all proofs share.
    private let upper: ExistenceProof

    /// Prepares proofs of a block's state.
    ///
    /// - Throws: `damaged` when the header's app hash is not that of its roots.
    init(snapshot: TreeSnapshot, header: BlockHeader) throws(StorageError) {
        self.header = header
        tree = TreeProver(snapshot: snapshot, rootHash: header.stateRoot)
        upper = try Self.verifying(header) { () throws(ICS23Error) in
            let name = BlockHeader.RootName.state
            let upper = try Multistore(header.namedRoots).existenceProof(of: name.rawValue)
            try upper.verify(
                spec: .tendermint,
                root: header.appHash.bytes,
                key: name.bytes,
                value: header.stateRoot.bytes
            )
            return upper
        }
    }

    /// The proof of a key, or of its absence. It is verified before it is handed out.
    ///
    /// - Throws: `notProvable`, `damaged`; or what LMDB throws.
    mutating func proof(of key: [UInt8]) throws(StorageError) -> StateProof {
        let (value, lower) = try tree.prove(key)
        try Self.verifying(header) { () throws(ICS23Error) in
            let committedKey = Array(StateKey.committedKey(of: key))
            if let value {
                try lower.verifyMembership(
                    spec: .smt,
                    root: header.stateRoot.bytes,
                    key: committedKey,
                    value: SparseMerkleTree.committedValue(of: value)
                )
            } else {
                try lower.verifyNonMembership(spec: .smt, root: header.stateRoot.bytes, key: committedKey)
            }
        }
        return StateProof(
            height: header.height,
            key: key,
            value: value,
            proof: MerkleProof(proofs: [lower, .existence(upper)])
        )
    }

    private static func verifying<Value>(
        _ header: BlockHeader,
        _ body: () throws(ICS23Error) -> Value
    ) throws(StorageError) -> Value {
        do throws(ICS23Error) {
            return try body()
        } catch {
            throw StorageError(
                .damaged,
                """
                The proof of a state key at height \(header.height) does not verify. Check the state tree; restore the \
                store from a backup, or replay the log into a new one.
                """,
                cause: error
            )
        }
    }
}
