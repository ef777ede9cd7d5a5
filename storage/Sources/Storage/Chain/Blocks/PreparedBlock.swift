/// A block that is checked and hashed but not stored.
public struct PreparedBlock: Sendable {
    /// What the execution handed in.
    public let content: BlockContent
    /// The header that was made of it.
    public let header: BlockHeader
    /// The hash of the header.
    public let headerHash: Hash
    /// The sequences of its records.
    public let sequences: Range<UInt64>

    /// The right edge of the event tree after the block.
    let frontier: Frontier
    /// The tiles of the event tree that change.
    let tiles: [Tile]
    /// The nodes of the state commitment that change.
    let nodeWrites: WriteSet
}
