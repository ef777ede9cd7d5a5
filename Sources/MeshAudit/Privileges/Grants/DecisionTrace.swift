import ModuleKit
import ModuleRuntime
import Storage

/// Finds out which event led to a decision of the host's, and of which proposal it speaks: the causes are followed upwards until
/// an event has a field `proposal`.
struct DecisionTrace {
    /// How many causes are followed.
    private static let causesMax = 64

    let log: EventLog
    /// The instances by number, as far as they are deployed.
    let instances: [UInt32: AuditedInstance]
    /// The vocabularies by number, as far as they are known.
    let layouts: [UInt32: PayloadLayout]
    /// How the last votes on each proposal came out.
    let tallies: [Tally.Key: [GrantOrigin.Vote]]

    /// An event with its fields by name.
    private struct Reading {
        let envelope: EventEnvelope
        let instance: AuditedInstance
        let kind: String
        let fields: NamedFields
    }

    /// The event behind a decision; nil when its cause can't be read.
    ///
    /// - Parameters:
    ///   - cause: the sequence that the decision's record names.
    ///   - sequence: of the decision. A cause lies before what it leads to.
    func origin(of cause: UInt64, before sequence: UInt64) throws(AuditError) -> GrantOrigin.Event? {
        var (next, end) = (cause, sequence)
        var nearest: Reading?
        for _ in 0..<Self.causesMax {
            guard next < end, let reading = try reading(at: next) else { break }
            if let proposal = reading.fields["proposal"] {
                let key = Tally.Key(instance: reading.envelope.instance, proposal: proposal)
                return event(reading, proposal: proposal, votes: tallies[key] ?? [])
            }
            nearest = nearest ?? reading
            guard let cause = reading.envelope.cause else { break }
            (next, end) = (cause, next)
        }
        return nearest.map { event($0, proposal: nil, votes: []) }
    }

    private func event(_ reading: Reading, proposal: String?, votes: [GrantOrigin.Vote]) -> GrantOrigin.Event {
        GrantOrigin.Event(
            sequence: reading.envelope.sequence,
            label: reading.instance.label,
            module: reading.instance.module,
            kind: reading.kind,
            proposal: proposal,
            votes: votes
        )
    }

    /// An event, read by its descriptors; nil where that is not possible.
    private func reading(at sequence: UInt64) throws(AuditError) -> Reading? {
        let record = try storing { () throws(StorageError) in try log.record(at: sequence) }
        guard let record, let envelope = try? EventEnvelope(decoding: record),
            let source = instances[envelope.instance],
            let layout = layouts[envelope.vocabulary],
            let kind = layout.kind(numbered: envelope.kind)
        else { return nil }
        let fields = envelope.payload.withUnsafeBytes { payload in
            PayloadLayout.content(of: payload, kind: envelope.kind).map {
                NamedFields($0, as: kind.description.messageName, of: layout.description)
            }
        }
        return fields.map {
            Reading(envelope: envelope, instance: source, kind: kind.description.name, fields: $0)
        }
    }
}
