import Foundation
import LMDB
import ModuleKit
import Storage

@testable import MeshAudit
@testable import mesh_flip

/// A small real chain in a temporary folder, closed, to be audited and tampered with.
final class AuditedChain {
    let folder: URL

    var home: String { folder.appendingPathComponent("home").path }

    /// Makes a chain of `blockCount` blocks after the genesis.
    init(blockCount: Int = 10, transferCount: Int = 3, whileOpen body: (Int, String) throws -> Void = { _, _ in })
        throws
    {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-audit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var chain = try SampleChain(at: folder.appendingPathComponent("home").path)
        for block in 0..<blockCount {
            try chain.block(transferCount: transferCount)
            try body(block, folder.appendingPathComponent("home").path)
        }
        try chain.close()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A folder that is not there yet.
    func freshFolder() -> String { folder.appendingPathComponent("scratch-\(UUID().uuidString)").path }

    func verify() throws -> VerificationReport { try Verification(home: home).run() }

    /// Replays with a look-ahead of so many records.
    func replay(chunkCount: UInt64 = 4_096) throws -> ReplayReport {
        var replay = try Replay(home: home, scratch: freshFolder(), registry: SampleChain.registry())
        replay.chunkCount = chunkCount
        return try replay.run()
    }

    func reexecute() throws -> ReexecutionReport {
        try Reexecution(home: home, scratch: freshFolder(), registry: SampleChain.registry()).run()
    }

    /// Writes to a table behind everyone's back.
    func tamper(
        _ table: String,
        _ body: (inout WriteTransaction, Database) throws(LMDBError) -> Void
    ) throws {
        let environment = try Environment.open(at: home)
        defer { environment.close() }
        let database = try environment.openDatabases([table])[0]
        try environment.write { (transaction: inout WriteTransaction) throws(LMDBError) in
            try body(&transaction, database)
        }
    }

    /// All entries of a table.
    func entries(_ table: StoredTables.Table) throws -> [(key: [UInt8], value: [UInt8])] {
        let tables = try StoredTables.open(at: home)
        defer { tables.close() }
        return try tables.read { (transaction: borrowing ReadTransaction) throws(LMDBError) in
            try transaction.withCursor(in: tables[table]) { (cursor: inout Cursor) throws(LMDBError) in
                var entries: [(key: [UInt8], value: [UInt8])] = []
                while try cursor.move(to: .next) {
                    entries.append(([UInt8](cursor.unsafeKey), [UInt8](cursor.unsafeValue)))
                }
                return entries
            }
        }
    }

    /// Replaces the value of an entry.
    func change(_ table: StoredTables.Table, key: [UInt8], _ body: (inout [UInt8]) -> Void) throws {
        guard var value = try entries(table).first(where: { $0.key == key })?.value else {
            throw ChainFailure("there is no such entry")
        }
        body(&value)
        let changed = value
        try tamper(table.rawValue) { (transaction, database) throws(LMDBError) in
            try transaction.put(changed, for: key, in: database)
        }
    }

    func remove(_ table: StoredTables.Table, key: [UInt8]) throws {
        try tamper(table.rawValue) { (transaction, database) throws(LMDBError) in
            try transaction.remove(key, in: database)
        }
    }
}

struct ChainFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// The key of a number in a table.
func key(_ number: UInt64) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { [UInt8]($0) }
}

extension [Finding] {
    /// The codes, each once, in the order of their first finding.
    var codes: [Finding.Code] {
        var codes: [Finding.Code] = []
        for finding in self where !codes.contains(finding.code) { codes.append(finding.code) }
        return codes
    }

    func has(_ code: Finding.Code, height: UInt64? = nil, sequence: UInt64? = nil) -> Bool {
        contains { finding in
            finding.code == code && (height == nil || finding.place.height == height)
                && (sequence == nil || finding.place.sequence == sequence)
        }
    }
}
