import Storage

/// A store that an earlier version wrote.
enum GoldenStore: String, CaseIterable, Sendable {
    /// Format 1 with the rolling commitment.
    case rolling = "format-1"
    /// Format 1 with the state tree.
    case stateTree = "format-1-sparse-merkle-1"

    var options: ChainOptions {
        var options = ChainOptions()
        switch self {
        case .rolling: options.commitment = RollingCommitment()
        case .stateTree: options.commitment = SparseMerkleCommitment(provableHeights: 2)
        }
        return options
    }

    func blocks() throws -> [BlockContent] {
        try GoldenContent.blocks() + (self == .stateTree ? GoldenContent.treeBlocks() : [])
    }
}

/// What the golden stores hold. Never change this: it tells what the committed files mean.
enum GoldenContent {
    static let chainID = "golden-1"
    static let firstHeight: UInt64 = 10
    static let removedKey: [UInt8] = [0, 0, 0, 1, 1, 7]
    static let keptKey: [UInt8] = [0, 0, 0, 1, 1, 9]

    static func blocks() throws -> [BlockContent] {
        let transactions = (UInt8(0)..<3).map { [UInt8](repeating: $0, count: 10 + Int($0)) }
        return [
            BlockContent(
                height: 10,
                timeNanoseconds: 1_700_000_000_000_000_000,
                inputs: ByteArena([[0xE0]]),
                records: ByteArena((UInt8(0)..<20).map { [UInt8](repeating: $0, count: Int($0) * 7) }),
                writes: try WriteSet([(removedKey, .value([1])), (keptKey, .value([2, 3]))]),
                moduleSetHash: .sha256([1]),
                schemas: [.init(identifier: 1, bytes: [0x5C]), .init(identifier: 2, bytes: [])]
            ),
            BlockContent(
                height: 11,
                timeNanoseconds: 1_700_000_000_000_000_000,
                inputs: ByteArena([[0xE1]] + transactions),
                records: ByteArena([[0xA0], [0xA1], [0xA2], []]),
                receipts: transactions.indices.map {
                    .init(transactionHash: .sha256(transactions[$0]), sequence: 20 + UInt64($0))
                },
                writes: try WriteSet([(removedKey, .removal), (keptKey, .value([]))]),
                moduleSetHash: .sha256([1])
            ),
            BlockContent(height: 12, timeNanoseconds: 1_700_000_001_000_000_000, moduleSetHash: .sha256([2])),
        ]
    }

    /// What follows in a store with a state tree: enough entries for several levels of nodes, some changed, some removed.
    static func treeBlocks() throws -> [BlockContent] {
        func key(_ number: UInt8) -> [UInt8] { [0, 0, 0, 2, 1, number] }
        return [
            BlockContent(
                height: 13,
                timeNanoseconds: 1_700_000_002_000_000_000,
                writes: try WriteSet((UInt8(0)..<100).map { (key($0), .value([$0])) })
            ),
            BlockContent(
                height: 14,
                timeNanoseconds: 1_700_000_003_000_000_000,
                writes: try WriteSet((UInt8(0)..<30).map { (key($0), $0 < 15 ? .value([$0, 1]) : .removal) })
            ),
        ]
    }
}
