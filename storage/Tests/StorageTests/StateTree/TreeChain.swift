import LMDB
import StorageTestSupport
import Testing

@testable import Storage

/// A chain with a state tree, and what its state was at every height.
struct TreeChain {
    let folder: TemporaryFolder
    private(set) var chain: ChainStore
    /// The entries after each block, from the first on.
    private(set) var states: [SparseTreeModel] = []
    private(set) var model: SparseTreeModel

    init(
        provableHeights: UInt64 = 100,
        hashing: TestHashing = .real,
        durability: ChainOptions.Durability = .none
    ) throws {
        folder = try TemporaryFolder()
        model = SparseTreeModel(hash: { hashing($0) })
        chain = try ChainStore.create(
            at: folder.path,
            chainID: "tree",
            options: Self.options(provableHeights, hashing, durability)
        )
    }

    static func options(
        _ provableHeights: UInt64,
        _ hashing: TestHashing = .real,
        _ durability: ChainOptions.Durability = .none
    ) -> ChainOptions {
        var options = ChainOptions(durability: durability)
        options.commitment = SparseMerkleCommitment(provableHeights: provableHeights, hashing: hashing.keyHashing)
        return options
    }

    /// The last height.
    var height: UInt64 { UInt64(states.count) - 1 }

    /// Appends a block.
    mutating func append(_ changes: [[UInt8]: StateChange]) throws {
        let sorted = changes.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { (key: $0.key, change: $0.value) }
        let content = BlockContent(
            height: UInt64(states.count),
            timeNanoseconds: 0,
            records: ByteArena([[UInt8(truncatingIfNeeded: states.count)]]),
            writes: try WriteSet(sorted)
        )
        try chain.append(content)
        model.apply(sorted)
        states.append(model)
    }

    /// Closes and opens again.
    mutating func reopen(provableHeights: UInt64) throws {
        try chain.close()
        chain = try ChainStore.open(
            at: folder.path,
            expectedChainID: "tree",
            options: Self.options(provableHeights)
        )
    }

    /// Random changes of keys out of a pool, a third of them removals.
    func randomChanges(
        _ count: Int,
        keysBelow limit: Int,
        _ keys: TestKeys = .unpublished,
        using generator: inout SplitMix64
    ) -> [[UInt8]: StateChange] {
        var changes: [[UInt8]: StateChange] = [:]
        for _ in 0..<count {
            let key = keys(Int.random(in: 0..<limit, using: &generator))
            let isRemoval = Int.random(in: 0..<3, using: &generator) == 0
            changes[key] = isRemoval ? .removal : .value(generator.bytes(0...40))
        }
        return changes
    }

    static func key(_ number: Int) -> [UInt8] {
        var key: [UInt8] = [0, 0, 0, 1, 1]
        key.append(bigEndian: UInt32(truncatingIfNeeded: number))
        return key
    }

    /// Everything in the table of the commitment.
    func nodes() throws -> [(key: [UInt8], value: [UInt8])] {
        try entries(of: chain.tables.commitment)
    }

    func entries(of table: Database) throws -> [(key: [UInt8], value: [UInt8])] {
        var entries: [(key: [UInt8], value: [UInt8])] = []
        try chain.environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            try StateTable(transaction, table).scan(StateScan()) { (key, value) throws(StorageError) in
                entries.append((key.withUnsafeBytes { [UInt8]($0) }, value.withUnsafeBytes { [UInt8]($0) }))
                return true
            }
        }
        return entries
    }

    /// Puts another value under a key, or none, behind the chain's back.
    func write(_ value: [UInt8]?, for key: [UInt8], in table: Database) throws {
        try chain.environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            if let value {
                try transaction.put(value, for: key, in: table)
            } else {
                try transaction.remove(key, in: table)
            }
        }
    }
}

/// Makes sure that the tree is the model's, and sound.
func expectSound(_ tree: TreeChain, sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(tree.chain.headHeader?.stateRoot.bytes == tree.model.root, sourceLocation: sourceLocation)
    let report = try tree.chain.checkStateTree()
    #expect(report.entryCount == UInt64(tree.model.entries.count), sourceLocation: sourceLocation)
}
