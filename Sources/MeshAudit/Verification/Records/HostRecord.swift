import MeshHost
import ModuleKit
import Storage

/// The kinds of record of the host's own that an audit reads: those that tie other tables to the log, and those on privileges.
enum HostRecord {
    /// `vocabulary_added`, field 2 of the host's events.
    static let vocabularyAddedKind: UInt32 = 2
    /// `transaction_executed`, field 10 of the host's events.
    static let transactionExecutedKind: UInt32 = 10
    /// What an audit of privileges reads: the dictionary, deployments, migrations, grants, revocations, receipts, and total caps.
    static let privilegeKinds: [UInt32] = [vocabularyAddedKind, 3, 7, 8, 9, transactionExecutedKind, 15]

    /// The hash of the transaction that a `transaction_executed` speaks of, read in place; nil for anything else.
    ///
    /// The payload is the event message with the one field 10, whose own first field is the hash of 32 bytes.
    static func transactionHash(in payload: UnsafeRawBufferPointer) -> Hash? {
        var event = VarintReader(payload)
        guard event.byte() == 10 << 3 | 2, let count = event.varint(), count == UInt64(event.remainingCount) else {
            return nil
        }
        guard event.byte() == 1 << 3 | 2, event.varint() == UInt64(Hash.byteCount) else { return nil }
        return event.take(UInt64(Hash.byteCount))?.loadUnaligned(as: Hash.self)
    }

    /// The dictionary entry that a `vocabulary_added` speaks of, or nil for anything else.
    static func addedVocabulary(in record: RecordView) -> HostVocabularyAdded? {
        let event = try? HostEvent(recorded: [UInt8](record.payload), schemaVersion: record.schemaVersion)
        guard case .vocabularyAdded(let added)? = event?.event else { return nil }
        return added
    }
}
