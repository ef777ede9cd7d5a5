/// How a block is cut up for gossip. Validators sign the root over the parts besides the header's hash.
extension Block {
    /// The size of every part but the last (CometBFT 0.38, `BlockPartSizeBytes`).
    public static let partByteCount = 65_536

    /// The number of parts of the encoded block, and the Merkle root over them. O(bytes) to encode and hash.
    public var partSetHeader: PartSetHeader {
        let bytes = encoded
        let parts = stride(from: 0, to: bytes.count, by: Self.partByteCount).map { start in
            Array(bytes[start..<min(start + Self.partByteCount, bytes.count)])
        }
        return PartSetHeader(total: UInt32(clamping: parts.count), hash: MerkleTree.root(of: parts))
    }

    /// What names the block. Costs what ``partSetHeader`` costs.
    public var id: BlockID {
        BlockID(hash: hash, partSetHeader: partSetHeader)
    }
}
