extension Commit {
    /// The `last_commit_hash` of the next header: the Merkle root over the entries. Height, round and block id are not
    /// in it; the next header names them by its `last_block_id`.
    public var hash: Hash32 {
        MerkleTree.root(of: signatures.map(\.encoded))
    }
}

extension Block {
    /// The `data_hash` of a header: the Merkle root over the SHA-256 of each transaction.
    public static func dataHash(of transactions: [[UInt8]]) -> Hash32 {
        MerkleTree.root(of: transactions.map { Hash32(hashing: $0).bytes })
    }
}
