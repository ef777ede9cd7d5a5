/// Who audits the log of a chain: this library does not know how, its user does.
public struct ScenarioAuditor {
    /// What an audit came to.
    public struct Verdict: Sendable, Hashable {
        /// Whether everything holds.
        public let isSound: Bool
        /// What was found, in a line.
        public let text: String

        /// Puts down a verdict.
        public init(isSound: Bool, _ text: String) {
            self.isSound = isSound
            self.text = text
        }
    }

    /// Audits a chain; it is closed, so that its home can be opened.
    let audit: (SandboxChain) throws -> Verdict

    /// Audits by a closure, which gets the chain closed.
    public init(_ audit: @escaping (SandboxChain) throws -> Verdict) { self.audit = audit }
}
