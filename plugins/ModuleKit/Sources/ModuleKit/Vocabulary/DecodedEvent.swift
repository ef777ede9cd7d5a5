/// A recorded event that was decoded ahead of its use, perhaps by another thread, whatever its vocabulary.
public protocol DecodedEvent: AnyObject, Sendable {}

/// Shared, not copied: an event is handed on by reference until its module applies it.
final class EventBox<Event: EventVocabulary>: DecodedEvent {
    let event: Event

    init(_ event: Event) { self.event = event }
}

extension EventVocabulary {
    /// Reads a recorded event for later use.
    ///
    /// - Throws: what ``init(recorded:schemaVersion:)`` throws.
    public static func decode(recorded payload: [UInt8], schemaVersion: UInt32) throws(ModuleError) -> any DecodedEvent
    {
        EventBox(try Self(recorded: payload, schemaVersion: schemaVersion))
    }
}
