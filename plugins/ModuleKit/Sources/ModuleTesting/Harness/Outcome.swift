public import ModuleKit

/// What came of one message, import or recorded event: all of it, or an error and nothing.
public struct Outcome<Module: ProtocolModule>: Sendable {
    /// Every event that it led to, of all modules, in the order of the log; empty when it failed.
    public let events: [RecordedEvent]
    /// Why it failed; nil when it did not.
    public let error: ModuleError?
    /// The units of work that it used.
    public let workUsed: UInt64
    /// The changes of the validator set that it led to.
    public let validatorUpdates: [ValidatorUpdate]

    /// Whether it succeeded.
    public var succeeded: Bool { error == nil }

    /// The events of the module under test, in order.
    public var emitted: [Module.Event] { events.of(Module.Event.self) }

    /// Makes sure that it succeeded.
    ///
    /// - Throws: `unexpectedOutcome` with the module's error as cause.
    @discardableResult
    public func thenSucceeded() throws(HarnessError) -> Self {
        if let error {
            throw HarnessError(.unexpectedOutcome, "should have succeeded, but failed with \(error)", cause: error)
        }
        return self
    }

    /// Makes sure that it succeeded and that the module under test recorded exactly these events, in this order.
    ///
    /// - Throws: `unexpectedOutcome`, with what was recorded instead.
    @discardableResult
    public func thenEmitted(_ expected: Module.Event...) throws(HarnessError) -> Self {
        try thenEmitted(expected)
    }

    /// Makes sure that it succeeded and that exactly these events of one vocabulary were recorded, in this order.
    ///
    /// - Throws: `unexpectedOutcome`, with what was recorded instead.
    @discardableResult
    public func thenEmitted<Event: EventVocabulary>(_ expected: [Event]) throws(HarnessError) -> Self {
        try thenSucceeded()
        let found = events.of(Event.self)
        guard found.count == expected.count, zip(found, expected).allSatisfy({ $0.isEqualTo(message: $1) }) else {
            let wanted = expected.map { "\n    \((try? $0.json()) ?? "?")" }.joined()
            throw HarnessError(
                .unexpectedOutcome,
                "should have recorded\(expected.isEmpty ? " nothing" : wanted)\nof \(Event.protoMessageName), but "
                    + "recorded\(events.listing)"
            )
        }
        return self
    }

    /// Makes sure that it succeeded and that nothing at all was recorded.
    ///
    /// - Throws: `unexpectedOutcome`, with what was recorded instead.
    @discardableResult
    public func thenEmittedNothing() throws(HarnessError) -> Self {
        try thenSucceeded()
        guard events.isEmpty else {
            throw HarnessError(.unexpectedOutcome, "should have recorded nothing, but recorded\(events.listing)")
        }
        return self
    }

    /// Makes sure that it failed with this code.
    ///
    /// - Parameter text: what the error's message has to contain.
    /// - Throws: `unexpectedOutcome`, with what happened instead.
    @discardableResult
    public func thenFailed(_ code: ModuleError.Code, saying text: String = "") throws(HarnessError) -> Self {
        guard let error else {
            throw HarnessError(
                .unexpectedOutcome,
                "should have failed with \(code), but succeeded and recorded\(events.listing)"
            )
        }
        guard error.code == code else {
            throw HarnessError(.unexpectedOutcome, "should have failed with \(code), but failed with \(error)")
        }
        guard text.isEmpty || error.message.contains(text) else {
            throw HarnessError(.unexpectedOutcome, "the error should say '\(text)', but says '\(error.message)'")
        }
        return self
    }
}

/// What came of the end of one block and the start of the next.
public struct BlockOutcome: Sendable {
    /// A hook that failed and was rolled back alone, as in the host.
    public struct HookFailure: Sendable {
        /// The instance whose hook failed.
        public let instance: InstanceIdentity
        /// `begin_block` or `end_block`.
        public let hook: String
        /// Why.
        public let error: ModuleError
    }

    /// The height of the block that ended.
    public let height: UInt64
    /// The events of the hooks that ended it.
    public internal(set) var ended: [RecordedEvent] = []
    /// The events of the hooks that began the next.
    public internal(set) var began: [RecordedEvent] = []
    /// The hooks that failed; empty unless failures are tolerated.
    public internal(set) var failures: [HookFailure] = []
    /// The changes of the validator set in the block that ended.
    public internal(set) var validatorUpdates: [ValidatorUpdate] = []
    /// The root of the state after the block that ended, 32 bytes.
    public internal(set) var stateRoot: [UInt8] = []

    /// The events of the hooks on both sides of the seam.
    public var events: [RecordedEvent] { ended + began }

    init(height: UInt64) { self.height = height }
}
