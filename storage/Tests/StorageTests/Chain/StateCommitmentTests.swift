import StorageTestSupport
import Testing

@testable import Storage

/// Keeps one node: how many changes there ever were. Shows that nodes are read before a block and stored with it.
private struct CountingCommitment: StateCommitment {
    var identifier: String { "counting-test" }
    var emptyRoot: Hash { .sha256([]) }

    func update(_ block: StateCommitmentBlock) throws(StorageError) -> StateCommitmentUpdate {
        let old = try block.before.read { (tables) throws(StorageError) in try tables.nodes.value(of: [0]) }
        let count = (old?.first ?? 0) &+ UInt8(truncatingIfNeeded: block.writes.count)
        let nodeWrites = try WriteSet([(key: [0], change: .value([count]))])
        return StateCommitmentUpdate(root: .sha256([count]), nodeWrites: nodeWrites)
    }
}

/// What was before the first block.
private struct NoState: CommittedState {
    func read<Value>(_ body: (CommittedTables) throws(StorageError) -> Value) throws(StorageError) -> Value {
        try body(CommittedTables(state: EmptyState(), nodes: EmptyState()))
    }
}

@Suite("A state commitment")
struct StateCommitmentTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test("that rolls is the hash of the root before and the write set")
    func rolls() throws {
        let writes = try WriteSet([(key: [1], change: .value([2, 3])), (key: [4], change: .removal)])
        let encoding: [UInt8] =
            [4, 0, 0, 0, 0, 0, 0, 0, 2] + [0, 0, 0, 1, 1, 1, 0, 0, 0, 2, 2, 3] + [0, 0, 0, 1, 4, 0, 0, 0, 0, 0]
        #expect(writes.hash == .sha256(encoding))
        let update = try RollingCommitment().update(
            StateCommitmentBlock(height: 0, previousRoot: .zero, writes: writes, before: NoState())
        )
        #expect(update.root == .sha256([5] + Hash.zero.bytes + Hash.sha256(encoding).bytes))
        #expect(update.nodeWrites.isEmpty)
    }

    @Test("reads its nodes as they are before the block, pending blocks included", arguments: [true, false])
    func readsNodes(isGrouped: Bool) throws {
        var options = ChainOptions(durability: isGrouped ? .grouped(interval: .seconds(86_400)) : .everyBlock)
        options.commitment = CountingCommitment()
        let chain = try ChainStore.create(at: folder.path, chainID: "nodes", options: options)
        for height in UInt8(0)..<4 {
            let writes = try WriteSet([(key: [height], change: .value([1])), (key: [height, 1], change: .removal)])
            try chain.append(BlockContent(height: UInt64(height), timeNanoseconds: 0, writes: writes))
            #expect(chain.headHeader?.stateRoot == .sha256([2 * (height + 1)]))
        }
        try chain.close()
        #expect(code { _ = try ChainStore.open(at: folder.path, expectedChainID: nil) } == .wrongCommitment)
        let again = try ChainStore.open(at: folder.path, expectedChainID: nil, options: options)
        try again.append(BlockContent(height: 4, timeNanoseconds: 0))
        #expect(again.headHeader?.stateRoot == .sha256([8]))
        try again.close()
    }
}
