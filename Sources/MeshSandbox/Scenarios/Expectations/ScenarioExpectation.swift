/// Something that shall hold at a point of a scenario.
public protocol ScenarioExpectation: Sendable, CustomStringConvertible {
    /// What kind it is; its name is the member that says so.
    static var kind: ScenarioKind { get }
    /// The members it may have, its kind's name included.
    static var allowed: [String] { get }

    /// Reads the members.
    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError)

    /// What is expected, for the table.
    var expected: String { get }

    /// Looks at the network.
    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding
}

/// What an expectation found.
public struct ScenarioFinding: Hashable, Sendable {
    /// For the table.
    public let text: String
    /// Whether that is what is expected.
    public let isMet: Bool

    /// Puts down what was found.
    public init(_ text: String, isMet: Bool) {
        self.text = text
        self.isMet = isMet
    }
}
