import Foundation
import ModuleKit
import ModuleRuntime
import Storage

/// A real store in a temporary folder, which goes with it.
final class TemporaryChainStore {
    let source: StoredStateSource
    private let store: ChainStore
    /// The header of the last block; it commits to all events and to the state.
    private(set) var lastHeader: [UInt8] = []
    private let path: String

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("staking-tests-\(UUID().uuidString)", isDirectory: true).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        store = try ChainStore.create(at: path, chainID: "test-1", options: ChainOptions(durability: .none))
        source = StoredStateSource(try store.state.makeReader())
    }

    deinit {
        // Nothing is kept, so there is nothing to lose when closing fails.
        try? source.release()
        try? store.close()
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Stores the block that an execution has in progress.
    func append(_ execution: Execution) throws {
        let block = execution.block
        let content = BlockContent(
            height: block.height,
            timeNanoseconds: block.time.nanoseconds,
            records: ByteArena(enveloping: execution.events, height: block.height),
            writes: try WriteSet(try execution.sealState())
        )
        let prepared = try store.prepare(content)
        try store.commit(prepared).wait()
        lastHeader = prepared.header.encoded
        try source.renew()
    }

    /// The entries of an instance, as they are stored.
    func entries(of instance: UInt8) throws -> [[UInt8]: [UInt8]] {
        var entries: [[UInt8]: [UInt8]] = [:]
        try store.state.scan(StateScan()) { (key, value) throws(StorageError) in
            let bytes = key.withUnsafeBytes { Array($0) }
            if bytes[3] == instance { entries[bytes] = value.withUnsafeBytes { Array($0) } }
            return true
        }
        return entries
    }

    /// The payloads of an instance's events in a block, as the log has them.
    func payloads(of instance: UInt32, at height: UInt64) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        guard let sequences = try store.log.sequences(at: height) else { return [] }
        try store.log.forEachRecord(in: sequences) { (_, record) throws(StorageError) in
            records.append(record.withUnsafeBytes { Array($0) })
            return true
        }
        return try records.map { try EventEnvelope(decoding: $0) }.filter { $0.instance == instance }.map(\.payload)
    }
}
