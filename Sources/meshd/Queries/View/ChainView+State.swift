import MeshHost
import ModuleKit
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
            try host.store.state.scan(StateScan(prefix: Storage.StateKey.prefix(instance: instance))) {
                (key, value) throws(StorageError) in
                let collection = key.withUnsafeBytes { $0.count >= Storage.StateKey.prefixByteCount ? $0[4] : 0 }
                tallies[Int(collection)].entries += 1
                tallies[Int(collection)].bytes += UInt64(key.byteCount + value.byteCount)
                return true
            }
        } catch {
            throw CommandError(error)
        }
        return tallies.enumerated().filter { $0.element.entries > 0 }.map { (UInt8($0.offset), $0.element) }
    }

    /// How many accounts the bank knows: those that hold coins, and those of which it keeps more. O(entries).
    func accountCount() throws(CommandError) -> UInt64 {
        let bank = try instance(try label(ofModule: "bank"))
        let collections = host.registry.module(bank.module)?.collections ?? []
        var accounts: Set<Address> = []
        do throws(StorageError) {
            for collection in collections where ["balances", "accounts"].contains(collection.name) {
                let prefix = Storage.StateKey.prefix(instance: bank.number, collection: collection.number)
                try host.store.state.scan(StateScan(prefix: prefix)) { (key, _) throws(StorageError) in
                    // Both collections have the address in front.
                    var reader = KeyReader(key.withUnsafeBytes { Array($0.dropFirst(prefix.count)) })
                    if let account = try? Address(decoding: &reader) { accounts.insert(account) }
                    return true
                }
            }
        } catch {
            throw CommandError(error)
        }
        return UInt64(accounts.count)
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
                let local = key.withUnsafeBytes { Array($0.dropFirst(Storage.StateKey.prefixByteCount)) }
                entries.append((local, value.withUnsafeBytes { Array($0) }))
                return true
            }
        } catch {
            throw CommandError(error)
        }
        return (entries, isComplete)
    }
}

/// What an instance's state is called.
extension ChainView {
    /// The number of an instance, and its collections as its module declares them.
    ///
    /// - Parameter instance: a label or an address; `host` is the host itself.
    func stateLayout(of instance: String) throws(CommandError) -> (
        number: UInt32, collections: [CollectionDescription]
    ) {
        if instance == HostModule.manifest.name { return (HostModule.instanceNumber, []) }
        let record = try self.instance(instance)
        let version = try CommandError.wrapping { try Version(record.version) }
        return (record.number, host.registry.module(record.module, version: version)?.collections ?? [])
    }

    /// The numbers of an instance and of one of its collections, which is given by name or number.
    func collection(_ reference: String, of instance: String) throws(CommandError) -> (
        instance: UInt32, collection: UInt8
    ) {
        let (number, known) = try stateLayout(of: instance)
        if let found = known.first(where: { $0.name == reference }) { return (number, found.number) }
        guard let found = UInt8(reference) else {
            let names = known.map(\.name).joined(separator: ", ")
            throw CommandError(
                .badInput,
                "\(instance) has no collection '\(reference.printable)': use a number of `meshd query state \(instance)`"
                    + (names.isEmpty ? "" : ", or a name of: \(names)")
            )
        }
        return (number, found)
    }
}
