internal import Foundation
internal import ModuleKit
internal import ModuleRuntime
internal import Storage

/// A real store in a temporary folder, which goes with it.
final class TestChain {
    let store: ChainStore
    private let folder: TemporaryFolder

    init(_ options: HarnessOptions) throws(HarnessError) {
        let folder = try TemporaryFolder()
        self.folder = folder
        store = try HarnessError.wrapping(.storage, "the temporary store can't be made") {
            try ChainStore.create(
                at: folder.path,
                chainID: options.chainID,
                options: ChainOptions(durability: options.durability)
            )
        }
    }

    deinit {
        // Nothing is kept, so there is nothing to lose when closing fails.
        try? store.close()
    }

    /// The state as an execution reads it.
    func makeSource() throws(StorageError) -> StoredStateSource { StoredStateSource(try store.state.makeReader()) }

    /// Stores a block.
    func append(_ content: BlockContent) throws(HarnessError) -> BlockHeader {
        try HarnessError.wrapping(.storage, "block \(content.height) can't be stored") {
            let prepared = try store.prepare(content)
            try store.commit(prepared).wait()
            return prepared.header
        }
    }

    /// The records of a block, copied.
    func records(at height: UInt64) throws(HarnessError) -> ByteArena {
        try HarnessError.wrapping(.storage, "the records of block \(height) can't be read") {
            var records = ByteArena()
            guard let sequences = try store.log.sequences(at: height) else {
                throw HarnessError(.storage, "block \(height) is not in the store")
            }
            try store.log.forEachRecord(in: sequences) { (_, record) throws(StorageError) in
                records.append(record)
                return true
            }
            return records
        }
    }

    /// Every entry of the state, in order.
    func entries() throws(HarnessError) -> [(key: [UInt8], value: [UInt8])] {
        try HarnessError.wrapping(.storage, "the state can't be read") {
            var entries: [(key: [UInt8], value: [UInt8])] = []
            try store.state.scan(StateScan()) { (key, value) throws(StorageError) in
                entries.append((key.withUnsafeBytes { Array($0) }, value.withUnsafeBytes { Array($0) }))
                return true
            }
            return entries
        }
    }
}

/// A folder that is removed with the object.
final class TemporaryFolder {
    let path: String

    init() throws(HarnessError) {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("module-testing-\(UUID().uuidString)", isDirectory: true)
        path = url.path
        try HarnessError.wrapping(.storage, "no temporary folder can be made") {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
