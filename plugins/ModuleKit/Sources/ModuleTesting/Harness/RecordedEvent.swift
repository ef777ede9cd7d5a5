public import ModuleKit

/// One event of the log, decoded.
public struct RecordedEvent: Sendable, CustomStringConvertible {
    /// Its place in the log.
    public let sequence: UInt64
    /// The instance that emitted it.
    public let instance: InstanceIdentity
    /// Its kind.
    public let kind: EventKind
    /// The transaction's place in the block, from 1; 0 for hooks and genesis.
    public let transaction: UInt32
    /// The sequence of the event that led to it.
    public let cause: UInt64?
    /// The event.
    public let event: any EventVocabulary

    /// Such as `7 bank.transferred {"from": …} because of 6`.
    public var description: String {
        let content = (try? event.json()) ?? "?"
        let reason = cause.map { " because of \($0)" } ?? ""
        return "\(sequence) \(instance.label).\(kind.name) \(content)\(reason)"
    }
}

extension Sequence<RecordedEvent> {
    /// The events of one vocabulary, in order.
    public func of<Event: EventVocabulary>(_: Event.Type) -> [Event] { compactMap { $0.event as? Event } }

    /// One event a line, for a failure's message.
    var listing: String {
        let lines = map { "\n    \($0)" }
        return lines.isEmpty ? " nothing" : lines.joined()
    }
}
