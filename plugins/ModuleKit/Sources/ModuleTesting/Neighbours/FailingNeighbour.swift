public import ModuleKit

/// A neighbour that throws on the events of one vocabulary that match.
///
/// It records the event before it throws, so that its own rollback is put to the test too. Events that do not match it
/// lets pass.
public struct FailingNeighbour<Watched: EventVocabulary>: ProtocolModule {
    /// It takes no messages.
    public typealias Message = NoVocabulary
    /// It records what it saw, in vain.
    public typealias Event = HarnessEvent
    /// It answers nothing.
    public typealias Query = NoVocabulary

    /// Named after the vocabulary, so that a set can hold one for each.
    public static var manifest: Manifest { Manifest(name: neighbourName("failing", Watched.self), version: "1.0.0") }

    let observed = StateMap<UInt64, HarnessObserved>(1, "observed")
    private let error: ModuleError
    private let matches: @Sendable (Watched) -> Bool

    /// A neighbour that fails.
    ///
    /// - Parameters:
    ///   - error: what it throws.
    ///   - matches: on which events; all, unless told otherwise. It has to be a pure function of the event.
    public init(
        throwing error: ModuleError = ModuleError(.refusedByNeighbour, "a failing neighbour refuses this event"),
        where matches: @escaping @Sendable (Watched) -> Bool = { _ in true }
    ) {
        self.error = error
        self.matches = matches
    }

    /// Refuses.
    public func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "a neighbour takes no messages")
    }

    /// Keeps what was seen, until the failure takes it back.
    public func apply(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {
        try observed.set(event.observed, for: event.observed.sequence, in: state)
    }

    /// Throws on matching events.
    public var subscriptions: [Subscription<Self>] {
        [
            .on(Watched.self) { (module, event, origin, context) throws(ModuleError) in
                guard module.matches(event) else { return }
                try context.emit(try .observed(event, origin))
                throw module.error
            }
        ]
    }

    /// Holds that no failed reaction has left anything.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        let left = try observed.entries(in: state, limit: 1)
        return left.map { InvariantViolation("failures-leave-no-trace", "event \($0.key) is still in state") }
    }
}

extension ModuleError.Code {
    /// What a `FailingNeighbour` throws unless told otherwise.
    public static let refusedByNeighbour = Self("testing", 1)
}
