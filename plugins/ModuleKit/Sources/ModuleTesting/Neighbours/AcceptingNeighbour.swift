internal import Foundation
public import ModuleKit

/// A neighbour that sees every event of one vocabulary and accepts it.
///
/// What it saw is state like any other: it goes when a transaction is rolled back, and it is rebuilt by a replay. Ask the
/// harness for it: `harness.seen(by: AcceptingNeighbour<BankEvent>.self)`.
public struct AcceptingNeighbour<Watched: EventVocabulary>: ProtocolModule {
    /// It takes no messages.
    public typealias Message = NoVocabulary
    /// It records what it saw.
    public typealias Event = HarnessEvent
    /// It answers nothing.
    public typealias Query = NoVocabulary

    /// Named after the vocabulary, so that a set can hold one for each.
    public static var manifest: Manifest { Manifest(name: neighbourName("accepting", Watched.self), version: "1.0.0") }

    let observed = StateMap<UInt64, HarnessObserved>(1, "observed")

    /// A neighbour that has seen nothing.
    public init() {}

    /// Refuses.
    public func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "a neighbour takes no messages")
    }

    /// Keeps what was seen.
    public func apply(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {
        try observed.set(event.observed, for: event.observed.sequence, in: state)
    }

    /// Records every event of the vocabulary.
    public var subscriptions: [Subscription<Self>] {
        [
            .on(Watched.self) { (_, event, origin, context) throws(ModuleError) in
                try context.emit(try .observed(event, origin))
            }
        ]
    }

    /// The events that it saw and that were kept, in the order of the log.
    public func seen(in state: some StateReading) throws(ModuleError) -> [Watched] {
        var events: [Watched] = []
        try observed.forEach(in: state) { (_, observed) throws(ModuleError) in
            events.append(try Watched(recorded: Array(observed.payload), schemaVersion: Watched.schemaVersion))
            return true
        }
        return events
    }
}

/// A module name for a neighbour: what it does, and the vocabulary's name with hyphens.
func neighbourName(_ what: String, _ vocabulary: any EventVocabulary.Type) -> String {
    let name = vocabulary.protoMessageName.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
    return what + "-" + String(name)
}
