import Glibc
import LMDB
import StorageTestSupport
import Testing

@Suite("An environment")
struct EnvironmentTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(_ change: (inout EnvironmentOptions) -> Void = { _ in }) throws(LMDBError) -> Environment {
        var options = EnvironmentOptions()
        options.createsMissingFile = true
        change(&options)
        return try Environment.open(at: folder.path, options: options)
    }

    @Test("keeps what was written, over closing and opening")
    func keeps() throws {
        do {
            let environment = try open()
            let table = try environment.openDatabases(["table"], creatingMissing: true)[0]
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                try transaction.put([1, 2, 3], for: [7], in: table)
            }
            environment.close()
        }
        let environment = try open()
        let table = try environment.openDatabases(["table"])[0]
        let value = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
            try transaction.value(of: [7], in: table)
        }
        #expect(value == [1, 2, 3])
    }

    @Test("cannot be opened twice in one process, and can be again after closing")
    func opensOnce() throws {
        let first = try open()
        let error = #expect(throws: LMDBError.self) { try open() }
        #expect(error?.code == .alreadyOpen)
        #expect(error?.message.contains("close it first") == true)
        first.close()
        #expect(throws: Never.self) { try open() }
    }

    @Test("is refused while another open file holds the writer's lock")
    func refusesSecondWriter() throws {
        // The lock belongs to an open file, so holding it here is the same to the kernel as another process holding it.
        let descriptor = Glibc.open("\(folder.path)/writer.lock", O_RDWR | O_CREAT, 0o644)
        try #require(flock(descriptor, LOCK_EX) == 0)
        let error = #expect(throws: LMDBError.self) { try open() }
        #expect(error?.code == .inUse)
        #expect(error?.message.contains("Stop that process") == true)
        Glibc.close(descriptor)
        #expect(throws: Never.self) { try open() }
    }

    @Test("does not come out of nothing unless it is to be made")
    func needsFile() throws {
        let error = #expect(throws: LMDBError.self) { try open { $0.createsMissingFile = false } }
        #expect(error?.code == .notFound)
        let missing = #expect(throws: LMDBError.self) { try Environment.open(at: "\(folder.path)/none") }
        #expect(missing?.code == .notFound)
    }

    @Test(
        "tells a file that was cut off at any page before a page is touched",
        arguments: [0, 1, 100, 4_096, 4_248, 8_192]
    )
    func detectsTruncation(length: Int) throws {
        do {
            let environment = try open()
            let table = try environment.openDatabases(["table"], creatingMissing: true)[0]
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                for index in UInt8(0)..<100 {
                    try transaction.put([UInt8](repeating: index, count: 1_000), for: [index], in: table)
                }
            }
            environment.close()
        }
        try #require(truncate("\(folder.path)/data.mdb", length) == 0)
        let error = #expect(throws: LMDBError.self) { try open() }
        #expect(error?.code == .truncated)
        #expect(error?.message.contains("backup") == true)
    }

    @Test("tells a file that is no data file")
    func detectsForeignFile() throws {
        let descriptor = Glibc.open("\(folder.path)/data.mdb", O_RDWR | O_CREAT, 0o644)
        let bytes = [UInt8](repeating: 0x41, count: 16_384)
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
        Glibc.close(descriptor)
        let error = #expect(throws: LMDBError.self) { try open() }
        #expect(error?.code == .invalidFile)
    }

    @Test("survives every damaged byte of its two headers with an answer")
    func survivesDamagedHeaders() throws {
        do {
            let environment = try open()
            let table = try environment.openDatabases(["table"], creatingMissing: true)[0]
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                try transaction.put([1], for: [1], in: table)
            }
            environment.close()
        }
        let descriptor = Glibc.open("\(folder.path)/data.mdb", O_RDWR)
        defer { Glibc.close(descriptor) }
        var refused = 0
        // Mark, version and page size of both headers: whatever is in them, opening must give an answer.
        for offset in [16, 17, 18, 19, 20, 21, 40, 41, 42, 43].flatMap({ [$0, $0 + 4_096] }) {
            var byte: UInt8 = 0
            try #require(pread(descriptor, &byte, 1, offset) == 1)
            var damaged = byte ^ 0x5A
            try #require(pwrite(descriptor, &damaged, 1, offset) == 1)
            let error = #expect(throws: LMDBError.self) { try open() }
            if error?.code == .invalidFile || error?.code == .truncated { refused += 1 }
            try #require(pwrite(descriptor, &byte, 1, offset) == 1)
        }
        #expect(refused == 20)
        #expect(throws: Never.self) { try open() }
    }

    @Test("is usable after close only to be told so")
    func closes() throws {
        let environment = try open()
        let table = try environment.openDatabases(["table"], creatingMissing: true)[0]
        let reader = try SnapshotReader(environment)
        environment.close()
        environment.close()
        let write = #expect(throws: LMDBError.self) {
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                try transaction.put([1], for: [1], in: table)
            }
        }
        let read = #expect(throws: LMDBError.self) {
            try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
                try transaction.value(of: [1], in: table)
            }
        }
        let renew = #expect(throws: LMDBError.self) { try reader.renew() }
        #expect(write?.code == .closed)
        #expect(read?.code == .closed)
        #expect(renew?.code == .closed)
    }

    @Test("names the version of the library")
    func namesVersion() {
        #expect(Environment.libraryVersion.hasPrefix("0.9."))
    }

    @Test("on media that cannot be written is readable", .enabled(if: Mount.isAvailable, "needs the right to mount"))
    func readsReadOnlyMedia() throws {
        let mount = try Mount(at: folder.path, sizeBytes: 1 << 22)
        do {
            let environment = try open { $0.initialMapSizeBytes = 1 << 20 }
            let table = try environment.openDatabases(["table"], creatingMissing: true)[0]
            try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
                try transaction.put([9], for: [1], in: table)
            }
            environment.close()
        }
        try mount.makeReadOnly()
        let refused = #expect(throws: LMDBError.self) { try open() }
        #expect(refused?.code == .permissionDenied)
        do {
            let environment = try open { $0.access = .readOnly }
            defer { environment.close() }
            let table = try environment.openDatabases(["table"])[0]
            let value = try environment.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
                try transaction.value(of: [1], in: table)
            }
            #expect(value == [9])
        }
        // Without reader slots a writer would pull the pages away, so a live one is a reason to refuse.
        let descriptor = Glibc.open("\(folder.path)/writer.lock", O_RDONLY)
        defer { Glibc.close(descriptor) }
        try #require(flock(descriptor, LOCK_EX) == 0)
        let live = #expect(throws: LMDBError.self) { try open { $0.access = .readOnly } }
        #expect(live?.code == .inUse)
    }
}
