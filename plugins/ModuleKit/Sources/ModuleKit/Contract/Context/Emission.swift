/// What came of recording an event.
public struct Emission: Sendable {
    /// The event's sequence in the log.
    public let sequence: UInt64
    /// The reactions to this very event that failed and were rolled back alone, in the order of reactions.
    ///
    /// Always empty for a vetoable kind: there a failing reaction fails the emission. Failures further down a cascade are
    /// those of the events that they reacted to, and stand in what was emitted there.
    public let failures: [Execution.FailedReaction]
}
