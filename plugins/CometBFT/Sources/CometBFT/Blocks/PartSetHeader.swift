/// How a block was cut into parts for gossip: their number, and the Merkle root over them.
public struct PartSetHeader: Hashable, Sendable {
    /// No parts.
    public static let zero = PartSetHeader(total: 0, hash: nil)

    /// The number of parts.
    public let total: UInt32
    /// The Merkle root over the parts; nil where there are none.
    public let hash: Hash32?

    /// Takes any combination, as the engine does; ``BlockID/isComplete`` says whether it names a block.
    public init(total: UInt32, hash: Hash32?) {
        self.total = total
        self.hash = hash
    }
}
