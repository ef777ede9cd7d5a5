/// What happens in a scenario, as lines that people read.
public struct ScenarioTrace: Sendable {
    /// What a line tells.
    public enum Kind: String, Hashable, Sendable {
        /// A step begins.
        case step
        /// Something happens.
        case happening
        /// Something is as expected.
        case met
        /// Something is not as expected.
        case unmet
    }

    /// One line.
    public struct Line: Hashable, Sendable {
        /// What it tells.
        public let kind: Kind
        /// The step, from 1; nil for what comes before and after all steps.
        public let step: Int?
        /// The line of the scenario on which the step stands.
        public let line: Int?
        /// The chain on which it happened, by its name in the scenario; nil for what is about several.
        public let chain: String?
        /// The chain's height then.
        public let height: UInt64?
        /// What happened.
        public let text: String
    }

    /// The lines so far.
    public private(set) var lines: [Line] = []
    private let listener: @Sendable (Line) -> Void

    /// Starts without lines; each is handed to the listener as it comes.
    init(listener: @escaping @Sendable (Line) -> Void) { self.listener = listener }

    mutating func add(_ line: Line) {
        lines.append(line)
        listener(line)
    }
}
