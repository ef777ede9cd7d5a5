import LMDB
import StorageTestSupport
import Testing

@Suite("A transaction")
struct TransactionTests {
    let folder: TemporaryFolder
    let environment: Environment
    let table: Database

    init() throws {
        folder = try TemporaryFolder()
        var options = EnvironmentOptions()
        options.createsMissingFile = true
        options.initialMapSizeBytes = 1 << 16
        options.maximumMapSizeBytes = 1 << 24
        environment = try Environment.open(at: folder.path, options: options)
        table = try environment.openDatabases(["table"], creatingMissing: true)[0]
    }

    private func write(_ keys: some Sequence<UInt8>) throws {
        let table = table
        try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            for key in keys {
                try transaction.put([key, key], for: [key], in: table)
            }
        }
    }

    private func keys(
        _ body: (inout Cursor) throws(LMDBError) -> Bool,
        then move: Cursor.Move
    ) throws -> [UInt8] {
        let table = table
        return try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
            try transaction.withCursor(in: table) { (cursor: inout Cursor) throws(LMDBError) in
                var keys: [UInt8] = []
                var isOnEntry = try body(&cursor)
                while isOnEntry {
                    keys.append(cursor.withKey { $0.unsafeLoad(as: UInt8.self) })
                    isOnEntry = try cursor.move(to: move)
                }
                return keys
            }
        }
    }

    @Test("walks in order, from any key, both ways")
    func walks() throws {
        try write([5, 1, 3, 9])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(to: .first) }, then: .next) == [1, 3, 5, 9])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(to: .last) }, then: .previous) == [9, 5, 3, 1])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(toFirstFrom: [4]) }, then: .next) == [5, 9])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(toLastUpTo: [4]) }, then: .previous) == [3, 1])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(toLastUpTo: [5]) }, then: .previous) == [5, 3, 1])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(toLastUpTo: [200]) }, then: .previous) == [9, 5, 3, 1])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(toLastUpTo: [0]) }, then: .previous) == [])
    }

    @Test("stores nothing when its closure throws")
    func rollsBack() throws {
        try write([1])
        let table = table
        #expect(throws: LMDBError.self) {
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                try transaction.put([0], for: [2], in: table)
                throw LMDBError(.library, "on purpose")
            }
        }
        #expect(try keys({ (c) throws(LMDBError) in try c.move(to: .first) }, then: .next) == [1])
        try write([3])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(to: .first) }, then: .next) == [1, 3])
    }

    @Test("places last only what is greater, and takes no empty or overlong key")
    func refusesKeys() throws {
        let table = table
        func code(_ key: [UInt8], _ placement: WriteTransaction.Placement) -> LMDBError.Code? {
            #expect(throws: LMDBError.self) {
                try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                    try transaction.put([0], for: [5], in: table)
                    try transaction.put([1], for: key, in: table, placement: placement)
                }
            }?.code
        }
        #expect(code([5], .last) == .keyOrder)
        #expect(code([4], .last) == .keyOrder)
        #expect(code([], .anywhere) == .keySize)
        #expect(code([UInt8](repeating: 1, count: 512), .anywhere) == .keySize)
        try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            try transaction.put([1], for: [UInt8](repeating: 1, count: 511), in: table)
        }
    }

    @Test("gives room for a value, and refuses it half filled")
    func reserves() throws {
        let table = table
        let error = #expect(throws: LMDBError.self) {
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                try transaction.put(byteCount: 4, for: [1], in: table) { $0.append(7, as: UInt8.self) }
            }
        }
        #expect(error?.code == .valueNotFilled)
        let value = try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            try transaction.put(byteCount: 2, for: [1], in: table) { output in
                output.append(7, as: UInt8.self)
                output.append(8, as: UInt8.self)
            }
            return try transaction.value(of: [1], in: table)
        }
        #expect(value == [7, 8])
    }

    @Test("makes the map grow by itself, also while snapshots are held, and runs its closure again")
    func grows() throws {
        let table = table
        try write([1])
        let reader = try SnapshotReader(environment)
        var runs = 0
        try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            runs += 1
            for index in UInt8(0)..<200 {
                try transaction.put([UInt8](repeating: index, count: 10_000), for: [2, index], in: table)
            }
        }
        #expect(runs > 1)
        // The snapshot was parked, and there is newer data now: it says so instead of showing something else.
        let read = { () throws -> [UInt8]? in
            try reader.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
                try transaction.value(of: [2, 199], in: table)
            }
        }
        let expired = #expect(throws: LMDBError.self) { try read() }
        #expect(expired?.code == .snapshotExpired)
        try reader.renew()
        #expect(try read()?.count == 10_000)
    }

    @Test("of a snapshot comes back by itself when the map grew and nothing was stored since")
    func comesBack() throws {
        let table = table
        try write([1])
        let reader = try SnapshotReader(environment)
        let size = environment.mapSizeBytes
        #expect(throws: LMDBError.self) {
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                for index in UInt8(0)..<200 {
                    try transaction.put([UInt8](repeating: index, count: 200_000), for: [2, index], in: table)
                }
            }
        }
        #expect(environment.mapSizeBytes > size)
        let value = try reader.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
            try transaction.value(of: [1], in: table)
        }
        #expect(value == [1, 1])
    }

    @Test("that cannot fit says so, and the environment goes on")
    func isFull() throws {
        let table = table
        try write([1])
        let error = #expect(throws: LMDBError.self) {
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                for index in UInt8(0)..<200 {
                    try transaction.put([UInt8](repeating: index, count: 200_000), for: [2, index], in: table)
                }
            }
        }
        #expect(error?.code == .mapFull)
        #expect(error?.message.contains("Raise the maximum") == true)
        try write([2])
        #expect(try keys({ (c) throws(LMDBError) in try c.move(to: .first) }, then: .next) == [1, 2])
    }

    @Test("is refused inside another one of the same thread, which it would wait for")
    func refusesNesting() throws {
        try write([1])
        let error = #expect(throws: LMDBError.self) {
            try environment.read { (_: borrowing ReadTransaction) throws(LMDBError) in
                try environment.write { (_: inout WriteTransaction) throws(LMDBError) in }
            }
        }
        #expect(error?.code == .nestedTransaction)
        let inner = #expect(throws: LMDBError.self) {
            try environment.write { (_: inout WriteTransaction) throws(LMDBError) in
                try environment.write { (_: inout WriteTransaction) throws(LMDBError) in }
            }
        }
        #expect(inner?.code == .nestedTransaction)
        try write([2])
    }

    @Test("of a snapshot sees one commit until it is renewed")
    func snapshots() throws {
        try write([1])
        let table = table
        let reader = try SnapshotReader(environment)
        try write([2])
        let count = { () throws -> Int in
            try reader.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
                try transaction.count(of: table)
            }
        }
        #expect(try count() == 1)
        try reader.renew()
        #expect(try count() == 2)
        try reader.release()
        #expect(#expect(throws: LMDBError.self) { try count() }?.code == .snapshotExpired)
        try reader.renew()
        #expect(try count() == 2)
    }

    @Test("writes from many threads one after another, with readers between and the map growing")
    func isSharedByThreads() async throws {
        let (environment, table) = (environment, table)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in UInt8(0)..<4 {
                group.addTask {
                    for index in UInt8(0)..<50 {
                        try Self.put(writer, index, environment, table)
                        let count = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
                            try transaction.count(of: table)
                        }
                        #expect(count > Int(index))
                    }
                }
            }
            try await group.waitForAll()
        }
        let count = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
            try transaction.count(of: table)
        }
        #expect(count == 200)
    }

    private static func put(_ writer: UInt8, _ index: UInt8, _ environment: Environment, _ table: Database) throws {
        try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            try transaction.put([UInt8](repeating: index, count: 20_000), for: [writer, index], in: table)
        }
    }
}

@Suite("A full disk")
struct FullDiskTests {
    @Test(
        "is told by its own error, keeps what was there, and is over when there is room",
        .enabled(if: Mount.isAvailable, "needs the right to mount")
    )
    func isTold() throws {
        let folder = try TemporaryFolder()
        let mount = try Mount(at: folder.path, sizeBytes: 1 << 20)
        var options = EnvironmentOptions()
        options.createsMissingFile = true
        let environment = try Environment.open(at: mount.path, options: options)
        let table = try environment.openDatabases(["table"], creatingMissing: true)[0]
        let put = { (key: UInt8, count: Int) throws in
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                try transaction.put([UInt8](repeating: key, count: count), for: [key], in: table)
            }
        }
        try put(1, 100)
        let error = #expect(throws: LMDBError.self) { try put(2, 4 << 20) }
        #expect(error?.code == .diskFull)
        #expect(error?.message.contains("Free some space") == true)
        let value = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
            try transaction.value(of: [1], in: table)
        }
        #expect(value?.count == 100)
        try put(3, 100)
        environment.close()
    }
}
