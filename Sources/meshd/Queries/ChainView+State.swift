import MeshHost
import Storage

/// State as it is stored.
extension ChainView {
    /// How much a collection holds.
    struct Tally {
        var entries: UInt64 = 0
        var bytes: UInt64 = 0
    }

    /// How much each collection of an instance holds, by number. O(entries).
    func tallies(of instance: UInt32) throws(CommandError) -> [(collection: UInt8, tally: Tally)] {
        var tallies = [Tally](repeating: Tally(), count: 256)
        do throws(StorageError) {
            try host.store.state.scan(StateScan(prefix: StateKey.prefix(instance: instance))) {
                (key, value) throws(StorageError) in
                let collection = key.withUnsafeBytes { $0.count >= StateKey.prefixByteCount ? $0[4] : 0 }
                tallies[Int(collection)].entries += 1
                tallies[Int(collection)].bytes += UInt64(key.byteCount + value.byteCount)
                return true
            }
        } catch {
            throw CommandError(error)
        }
        return tallies.enumerated().filter { $0.element.entries > 0 }.map { (UInt8($0.offset), $0.element) }
    }

    /// Entries as they are stored, their keys without the instance and the collection.
    ///
    /// - Returns: at most `limit` entries, and whether there are no more.
    func rawEntries(_ scan: StateScan, limit: Int) throws(CommandError)
        -> (entries: [(key: [UInt8], value: [UInt8])], isComplete: Bool)
    {
        var entries: [(key: [UInt8], value: [UInt8])] = []
        var isComplete = true
        do throws(StorageError) {
            try host.store.state.scan(scan) { (key, value) throws(StorageError) in
                guard entries.count < limit else {
                    isComplete = false
                    return false
                }
                let local = key.withUnsafeBytes { Array($0.dropFirst(StateKey.prefixByteCount)) }
                entries.append((local, value.withUnsafeBytes { Array($0) }))
                return true
            }
        } catch {
            throw CommandError(error)
        }
        return (entries, isComplete)
    }
}
