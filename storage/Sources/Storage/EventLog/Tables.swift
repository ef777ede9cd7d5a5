import LMDB

/// The named LMDB databases of a store. FORMAT.md has their keys and values.
struct Tables: Sendable {
    let meta: Database
    let blocks: Database
    let events: Database
    let tree: Database
    let inputs: Database
    let receipts: Database
    let schemas: Database
    let state: Database
    let commitment: Database

    private static let names = [
        "meta", "blocks", "events", "tree", "inputs", "receipts", "schemas", "state", "commitment",
    ]

    /// Opens them all, or makes them.
    ///
    /// - Throws: `notFound` when one is not there.
    @available(*, noasync)
    init(in environment: Environment, creatingMissing: Bool) throws(LMDBError) {
        let opened = try environment.openDatabases(Self.names, creatingMissing: creatingMissing)
        meta = opened[0]
        blocks = opened[1]
        events = opened[2]
        tree = opened[3]
        inputs = opened[4]
        receipts = opened[5]
        schemas = opened[6]
        state = opened[7]
        commitment = opened[8]
    }
}

extension Transaction where Self: ~Copyable {
    /// The value under a number, in place; valid as long as the transaction.
    func unsafeValue(of number: UInt64, in database: Database) throws(StorageError) -> UnsafeRawBufferPointer? {
        do throws(LMDBError) {
            var key = number.bigEndian
            return try withUnsafeBytes(of: &key) { (key) throws(LMDBError) in
                try unsafeValue(of: key, in: database)
            }
        } catch {
            throw StorageError(error)
        }
    }

    /// The value under a key, in place; valid as long as the transaction.
    func unsafeValue(of key: [UInt8], in database: Database) throws(StorageError) -> UnsafeRawBufferPointer? {
        do throws(LMDBError) {
            return try key.span.withUnsafeBytes { (key) throws(LMDBError) in
                try unsafeValue(of: key, in: database)
            }
        } catch {
            throw StorageError(error)
        }
    }

    /// How many entries a table has.
    func entryCount(of database: Database) throws(StorageError) -> UInt64 {
        do throws(LMDBError) {
            return UInt64(try count(of: database))
        } catch {
            throw StorageError(error)
        }
    }
}
