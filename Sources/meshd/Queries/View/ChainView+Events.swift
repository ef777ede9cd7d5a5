import MeshHost
import ModuleRuntime
import Storage

/// The log, event by event.
extension ChainView {
    /// Reads events in the order of the log. O(events).
    ///
    /// - Parameters:
    ///   - range: of sequence numbers; all events unless given.
    ///   - take: gets each event, and how many bytes its record has.
    /// - Throws: `storage` when an event can't be decoded.
    func forEachEvent(
        in range: Range<UInt64>? = nil,
        _ take: (_ event: EventEnvelope, _ byteCount: Int) throws -> Void
    ) throws(CommandError) {
        let range = range ?? 0..<host.lastHeader.eventCount
        do throws(StorageError) {
            try host.store.log.forEachRecord(in: range) { (sequence, record) throws(StorageError) in
                do {
                    try take(try record.withUnsafeBytes { try EventEnvelope(decoding: $0) }, record.byteCount)
                    return true
                } catch {
                    throw StorageError(
                        .damaged,
                        "Event \(sequence) can't be decoded. Run `meshd audit verify`.",
                        cause: error
                    )
                }
            }
        } catch {
            throw CommandError(error)
        }
    }
}
