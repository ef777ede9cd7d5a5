import ConverterEvents
import Foundation
import ModuleKit

/// How notices come and go. One is in flight, or waits to be sent again, or is gone; it is never in two of these
/// places.
extension Converter {
    func apply(_ event: ConverterValidatorsAnnounced, to state: StateWriter) throws(ModuleError) {
        for standing in event.standings {
            let validator = try Address(bech32: standing.validator)
            try told.set(standing.standing.stored, for: validator, in: state)
            try strike(validator, from: touched, state)
        }
        for validator in event.unchanged { try strike(try Address(bech32: validator), from: touched, state) }
        for slash in event.slashes { try strike(slash, from: slashes, state) }
        guard event.sequence > 0 else { return }
        let notice = ConverterNotice.with {
            $0.attempts = 1
            $0.height = event.height
            $0.validatorCount = UInt32(clamping: event.standings.count)
        }
        try launch(notice, event.sequence, state)
    }

    func apply(_ event: ConverterNoticeReturned, to state: StateWriter) throws(ModuleError) {
        var notice = try land(event.sequence, state)
        // After the end of the pairing, nothing is sent again.
        guard try channel.value(in: state)?.isOpen == true else { return }
        notice.data = event.data
        notice.error = event.error
        let key = Pair(Timestamp(nanoseconds: event.dueNanoseconds), event.sequence)
        try enlist(notice, for: key, in: returned, state)
    }

    func apply(_ event: ConverterNoticeResent, to state: StateWriter) throws(ModuleError) {
        let key = Pair(Timestamp(nanoseconds: event.dueNanoseconds), event.returnedSequence)
        guard var notice = try returned.value(for: key, in: state) else {
            throw Self.unknownNotice(event.returnedSequence)
        }
        try strike(key, from: returned, state)
        notice.data = Data()
        notice.attempts = notice.attempts == .max ? .max : notice.attempts + 1
        try launch(notice, event.sequence, state)
    }

    /// A notice is on its way.
    func launch(_ notice: ConverterNotice, _ sequence: UInt64, _ state: StateWriter) throws(ModuleError) {
        guard try !inFlight.contains(sequence, in: state) else {
            throw ModuleError(
                .inconsistentConverterEvent,
                "packet \(sequence) is in flight already: the log is damaged"
            )
        }
        try inFlight.set(notice, for: sequence, in: state)
    }

    /// A notice is on its way no more.
    func land(_ sequence: UInt64, _ state: StateWriter) throws(ModuleError) -> ConverterNotice {
        guard let notice = try inFlight.value(for: sequence, in: state) else { throw Self.unknownNotice(sequence) }
        try inFlight.remove(sequence, in: state)
        return notice
    }

    private static func unknownNotice(_ sequence: UInt64) -> ModuleError {
        ModuleError(.inconsistentConverterEvent, "nothing is known of packet \(sequence): the log is damaged")
    }
}

/// What waits to be sent stands in three collections, and is counted over all of them.
extension Converter {
    /// Puts an entry into one of these collections.
    func enlist<Key, Value>(
        _ value: Value,
        for key: Key,
        in collection: StateMap<Key, Value>,
        _ state: StateWriter
    ) throws(ModuleError) {
        if try !collection.contains(key, in: state) {
            try outboxCount.set((try outboxCount.value(in: state) ?? 0) &+ 1, in: state)
        }
        try collection.set(value, for: key, in: state)
    }

    /// Takes an entry out of one of them; nothing where there is none.
    func strike<Key, Value>(_ key: Key, from collection: StateMap<Key, Value>, _ state: StateWriter)
        throws(ModuleError)
    {
        guard try collection.contains(key, in: state) else { return }
        try collection.remove(key, in: state)
        let count = try outboxCount.value(in: state) ?? 0
        if count > 1 { try outboxCount.set(count - 1, in: state) } else { try outboxCount.remove(in: state) }
    }
}
