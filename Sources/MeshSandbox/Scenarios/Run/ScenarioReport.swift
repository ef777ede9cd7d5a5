public import Storage

/// What came of a scenario.
public struct ScenarioReport: Sendable {
    /// An expectation, and what was found.
    public struct Check: Hashable, Sendable {
        /// Where it stands in the scenario; nil for what is expected of every scenario.
        public let place: ScenarioPlace?
        /// What was looked at.
        public let what: String
        /// What was expected.
        public let expected: String
        /// What was found.
        public let found: String
        /// Whether that is what was expected.
        public let isMet: Bool

        /// Puts down a check.
        public init(at place: ScenarioPlace?, _ what: String, expected: String, found: String, isMet: Bool) {
            self.place = place
            self.what = what
            self.expected = expected
            self.found = found
            self.isMet = isMet
        }
    }

    /// How a chain ended.
    public struct Chain: Hashable, Sendable {
        /// Its name in the scenario.
        public let name: String
        /// Its identifier.
        public let chainID: String
        /// Its last block.
        public let height: UInt64
        /// How many events its log has.
        public let eventCount: UInt64
        /// What the application committed to in its last block.
        public let appHash: Hash
    }

    /// The scenario's name.
    public let name: String
    /// What the run drew its chances from.
    public let seed: UInt64
    /// The expectations, in the order in which they were looked at.
    public let checks: [Check]
    /// Why a step could not be carried out, which ended the run; nil when all were.
    public let failure: ScenarioError?
    /// The chains, in the order of the scenario.
    public let chains: [Chain]
    /// What happened, line by line.
    public let trace: [ScenarioTrace.Line]

    /// Whether every step was carried out, and everything was as expected.
    public var isMet: Bool { failure == nil && checks.allSatisfy(\.isMet) }
}
