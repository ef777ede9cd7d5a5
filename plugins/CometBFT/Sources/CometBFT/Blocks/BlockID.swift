/// What names a block: its header's hash and its parts.
///
/// In a vote, `nil` stands for "no block". Something in between is neither nil nor complete, and nobody may sign it.
public struct BlockID: Hashable, Sendable {
    /// No block.
    public static let `nil` = BlockID(hash: nil, partSetHeader: .zero)

    /// The header's hash; nil where there is no block.
    public let hash: Hash32?
    /// The parts of the block.
    public let partSetHeader: PartSetHeader

    /// Takes any combination, as the engine does.
    public init(hash: Hash32?, partSetHeader: PartSetHeader) {
        self.hash = hash
        self.partSetHeader = partSetHeader
    }

    /// Names a block.
    public init(hash: Hash32, parts: UInt32, partsHash: Hash32) {
        self.init(hash: hash, partSetHeader: PartSetHeader(total: parts, hash: partsHash))
    }

    /// Whether it stands for no block.
    public var isNil: Bool {
        self == .nil
    }

    /// Whether it names a block: both hashes are there, and at least one part.
    public var isComplete: Bool {
        hash != nil && partSetHeader.total > 0 && partSetHeader.hash != nil
    }

    /// What duplicate votes are ordered by: the hash, then the part set header in protobuf.
    public var key: [UInt8] {
        (hash?.bytes ?? []) + partSetHeader.encoded
    }

    /// Throws unless it names a block or stands for none.
    func checkNilOrComplete() throws(CometBFTError) {
        guard isNil || isComplete else {
            throw CometBFTError(
                .inconsistent,
                "the block id must be nil, or complete with both hashes and at least one part"
            )
        }
    }

    /// Throws unless it names a block.
    func checkComplete() throws(CometBFTError) {
        guard isComplete else {
            throw CometBFTError(.inconsistent, "the block id must be complete, with both hashes and at least one part")
        }
    }
}
