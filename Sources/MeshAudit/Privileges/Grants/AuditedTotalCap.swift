public import ModuleKit

/// What the caps of all grants of a privilege may add up to, as a log tells it.
public struct AuditedTotalCap: Sendable {
    /// What the grants give.
    public let privilege: Privilege
    /// What was decided on it: each time another cap, nil where nothing bounds the grants any more.
    public internal(set) var decisions: [GrantDecision]

    /// The bound by the last decision.
    public var cap: Amount? { decisions.last?.cap }
}
