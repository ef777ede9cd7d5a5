import Glibc
import LMDB
import StorageTestSupport
import Testing

@testable import Storage

func removeFile(_ path: String) throws {
    guard unlink(path) == 0 else { throw Files.Failure(path: path, number: errno) }
}

@Suite("A store in trouble")
struct StoreFaultTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func makeChain(_ count: Int = 3) throws {
        let chain = try ChainStore.create(at: folder.path, chainID: "mesh-1")
        try Sample.append(count, to: chain, seed: 1)
        try chain.close()
    }

    private func open(_ access: ChainAccess = .readWrite) throws -> ChainStore {
        try ChainStore.open(at: folder.path, expectedChainID: "mesh-1", access: access)
    }

    private func edit(_ body: (inout WriteTransaction, Tables) throws(LMDBError) -> Void) throws {
        let environment = try Environment.open(at: folder.path)
        defer { environment.close() }
        let tables = try Tables(in: environment, creatingMissing: false)
        try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            try body(&transaction, tables)
        }
    }

    @Test("that is not there, or another chain's, or already there, is told apart")
    func tellsApart() throws {
        #expect(code { _ = try open() } == .notFound)
        #expect(code { _ = try ChainStore.open(at: "\(folder.path)/none", expectedChainID: nil) } == .notFound)
        #expect(code { _ = try ChainStore.create(at: "\(folder.path)/a/b", chainID: "x") } == .notFound)
        #expect(code { _ = try ChainStore.create(at: folder.path, chainID: "no spaces") } == .invalidChainID)
        try makeChain()
        let wrong = #expect(throws: StorageError.self) {
            try ChainStore.open(at: folder.path, expectedChainID: "mesh-2")
        }
        #expect(wrong?.code == .wrongChain)
        #expect(wrong?.message.contains("holds the chain mesh-1, not mesh-2") == true)
        #expect(code { _ = try ChainStore.create(at: folder.path, chainID: "mesh-1") } == .alreadyExists)
        #expect(throws: Never.self) { try ChainStore.open(at: folder.path, expectedChainID: nil).close() }
    }

    @Test("is open once in a process, and for one writer")
    func isOpenOnce() throws {
        try makeChain()
        let chain = try open()
        #expect(code { _ = try open() } == .alreadyOpen)
        #expect(code { _ = try open(.readOnly) } == .alreadyOpen)
        try chain.close()
        let descriptor = Glibc.open("\(folder.path)/writer.lock", O_RDWR)
        try #require(flock(descriptor, LOCK_EX) == 0)
        #expect(code { _ = try open() } == .inUse)
        Glibc.close(descriptor)
        try open().close()
    }

    @Test("with its data file cut off anywhere says so before anything is read", arguments: [0.0, 0.3, 0.6, 0.99])
    func noticesTruncation(part: Double) throws {
        try makeChain(20)
        let bytes = try Files.read("\(folder.path)/data.mdb")
        try Files.write(Array(bytes.prefix(Int(Double(bytes.count) * part))), to: "\(folder.path)/data.mdb")
        #expect(code { _ = try open() } == .truncated)
        #expect(code { _ = try open(.readOnly) } == .truncated)
    }

    @Test("of a newer format is left alone")
    func refusesNewerFormat() throws {
        try makeChain()
        try edit { (transaction, tables) throws(LMDBError) in
            try transaction.put([0, 0, 0, 2], for: Array("format".utf8), in: tables.meta)
        }
        let error = #expect(throws: StorageError.self) { try open() }
        #expect(error?.code == .newerFormat)
        #expect(error?.message.contains("Use a newer version") == true)
        for wrong in [[], [0, 0, 0, 0], [1], [0, 0, 0, 1, 0]] as [[UInt8]] {
            try edit { (transaction, tables) throws(LMDBError) in
                try transaction.put(wrong, for: Array("format".utf8), in: tables.meta)
            }
            #expect(code { _ = try open() } == .damaged)
        }
    }

    @Test("whose last header, tree or record count was changed is not opened")
    func noticesChangedTip() throws {
        let chain = try ChainStore.create(at: folder.path, chainID: "mesh-1")
        try chain.append(BlockContent(height: 0, timeNanoseconds: 0, records: ByteArena([[1], [2], [3]])))
        try chain.close()
        let whole = try Files.read("\(folder.path)/data.mdb")
        let tile = Tile.key(level: 0, index: 0)
        try edit { (transaction, tables) throws(LMDBError) in
            var bytes = try transaction.value(of: tile, in: tables.tree) ?? []
            bytes[bytes.count - 1] ^= 1
            try transaction.put(bytes, for: tile, in: tables.tree)
        }
        #expect(code { _ = try open() } == .damaged)
        try Files.write(whole, to: "\(folder.path)/data.mdb")
        try edit { (transaction, tables) throws(LMDBError) in
            try transaction.remove(tile, in: tables.tree)
        }
        #expect(code { _ = try open() } == .damaged)
        try Files.write(whole, to: "\(folder.path)/data.mdb")
        try edit { (transaction, tables) throws(LMDBError) in
            try transaction.put([1], for: [0, 0, 0, 0, 0, 0, 0, 3], in: tables.events)
        }
        #expect(code { _ = try open() } == .damaged)
        try Files.write(whole, to: "\(folder.path)/data.mdb")
        try edit { (transaction, tables) throws(LMDBError) in
            try transaction.put([0], for: [0, 0, 0, 0, 0, 0, 0, 0], in: tables.blocks)
        }
        #expect(code { _ = try open() } == .damaged)
        try Files.write(whole, to: "\(folder.path)/data.mdb")
        let again = try open()
        try checkLog(again)
    }

    @Test("with a record or header changed inside is found by the check of the log")
    func checkFindsChanges() throws {
        try makeChain()
        try edit { (transaction, tables) throws(LMDBError) in
            try transaction.put([0xEE], for: [0, 0, 0, 0, 0, 0, 0, 0], in: tables.events)
        }
        let chain = try open()
        let record = try #require(try chain.log.record(at: 0))
        let root = try chain.log.root(atSize: chain.log.count())
        let proof = try chain.log.inclusionProof(of: 0, atSize: chain.log.count())
        #expect(!proof.verify(leafHash: MerkleTree.leafHash(record), root: root))
        try chain.close()
        try edit { (transaction, tables) throws(LMDBError) in
            try transaction.put([1, 2, 3], for: [0, 0, 0, 0, 0, 0, 0, 1], in: tables.blocks)
        }
        let damaged = try open()
        #expect(code { _ = try damaged.log.header(at: 1) } == .damaged)
        try damaged.close()
    }

    @Test("that is full keeps its head, and takes smaller blocks")
    func isFull() throws {
        var options = ChainOptions()
        options.initialMapSizeBytes = 1 << 18
        options.maximumMapSizeBytes = 1 << 20
        let chain = try ChainStore.create(at: folder.path, chainID: "mesh-1", options: options)
        try Sample.append(2, to: chain, seed: 1)
        let big = ByteArena((0..<4).map { _ in [UInt8](repeating: 1, count: 1 << 19) })
        let content = BlockContent(height: 2, timeNanoseconds: .max, records: big)
        #expect(code { try chain.append(content) } == .mapFull)
        #expect(chain.headHeader?.height == 1)
        try checkLog(chain)
        try Sample.append(2, to: chain, seed: 2)
        try checkLog(chain)
    }

    @Test(
        "on a full disk says so, stays readable, and goes on when there is room",
        .enabled(if: Mount.isAvailable, "needs the right to mount")
    )
    func diskIsFull() throws {
        let mount = try Mount(at: folder.path, sizeBytes: 1 << 20)
        let chain = try ChainStore.create(at: mount.path, chainID: "mesh-1")
        try Sample.append(2, to: chain, seed: 1)
        let big = ByteArena((0..<4).map { _ in [UInt8](repeating: 1, count: 1 << 19) })
        let error = #expect(throws: StorageError.self) {
            try chain.append(BlockContent(height: 2, timeNanoseconds: .max, records: big))
        }
        #expect(error?.code == .diskFull)
        #expect(error?.message.contains("Free some space") == true)
        try checkLog(chain)
        try Sample.append(2, to: chain, seed: 2)
        try checkLog(chain)
        try chain.close()
    }

    @Test(
        "in a folder that cannot be written is readable, and is told so otherwise",
        .enabled(if: Mount.isAvailable, "needs the right to mount")
    )
    func isReadOnly() throws {
        let mount = try Mount(at: folder.path, sizeBytes: 1 << 22)
        try makeChain()
        try mount.makeReadOnly()
        let refused = #expect(throws: StorageError.self) { try open() }
        #expect(refused?.code == .permissionDenied)
        #expect(refused?.message.contains("open it for reading only") == true)
        let chain = try open(.readOnly)
        try checkLog(chain)
        try chain.close()
    }

    @Test("that was never completely created can be created again")
    func finishesCreation() throws {
        do {
            var options = EnvironmentOptions()
            options.createsMissingFile = true
            let environment = try Environment.open(at: folder.path, options: options)
            _ = try Tables(in: environment, creatingMissing: true)
            environment.close()
        }
        let error = #expect(throws: StorageError.self) { try open() }
        #expect(error?.code == .notFound)
        #expect(error?.message.contains("Create it again") == true)
        try makeChain()
        let chain = try open()
        try checkLog(chain)
    }
}
