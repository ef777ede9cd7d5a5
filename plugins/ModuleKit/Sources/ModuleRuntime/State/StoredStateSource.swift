public import ModuleKit
public import Storage

/// The state of a chain's store, as the cells of an execution read it.
public final class StoredStateSource: StateSource {
    private let reader: Storage.StateReader

    /// Reads through a reader of the store.
    public init(_ reader: Storage.StateReader) { self.reader = reader }

    /// Sees what has been committed since.
    public func renew() throws(StorageError) { try reader.renew() }

    /// Lets go of the snapshot, so that it pins no old pages.
    public func release() throws(StorageError) { try reader.release() }

    /// Reads a value into `buffer`.
    public func read(_ key: [UInt8], into buffer: inout [UInt8]) throws -> Bool {
        try reader.read(key, into: &buffer)
    }

    /// Visits the entries under `prefix` in order.
    public func scan(
        prefix: [UInt8],
        from start: [UInt8]?,
        reversed: Bool,
        _ visit: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
    ) throws {
        var failure: (any Error)?
        try reader.scan(
            StateScan(prefix: prefix, start: start, direction: reversed ? .backward : .forward)
        ) { (key, value) throws(StorageError) in
            do {
                return try visit(key.bytes, value.bytes)
            } catch {
                failure = error
                return false
            }
        }
        if let failure { throw failure }
    }
}

extension RawSpan {
    /// A copy of the bytes.
    fileprivate var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}

extension WriteSet {
    /// The changes of a sealed block, as storage takes them.
    public init(_ writes: StateWrites) throws(StorageError) {
        self.init()
        try writes.forEach { (key, value) throws(StorageError) in try append(key: key, value: value) }
    }
}

extension ByteArena {
    /// The events of a block, each in its envelope.
    public init(enveloping events: EventBuffer, height: UInt64) {
        self.init(reservingCount: events.entries.count, byteCount: events.payloads.count + 32 * events.entries.count)
        for (offset, event) in events.entries.enumerated() {
            append(
                EventEnvelope.encode(
                    event,
                    sequence: events.firstSequence + UInt64(offset),
                    height: height,
                    payload: events.payload(of: event)
                )
            )
        }
    }
}
