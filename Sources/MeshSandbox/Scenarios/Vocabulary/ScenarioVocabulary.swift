/// The kinds of steps and expectations that scenarios are made of.
///
/// A part of the house that brings a kind of its own adds it here, and every scenario can use it:
///
///     ScenarioVocabulary.standard.adding(steps: [CrossStakeStep.self])
public struct ScenarioVocabulary: Sendable {
    /// The kinds of steps, in the order in which they are listed.
    public private(set) var steps: [any ScenarioStep.Type]
    /// The kinds of expectations, in the order in which they are listed.
    public private(set) var expectations: [any ScenarioExpectation.Type]

    /// Takes the kinds; the first of a name counts.
    public init(steps: [any ScenarioStep.Type], expectations: [any ScenarioExpectation.Type]) {
        self.steps = steps
        self.expectations = expectations
    }

    /// The same with further kinds.
    public func adding(steps: [any ScenarioStep.Type] = [], expectations: [any ScenarioExpectation.Type] = [])
        -> ScenarioVocabulary
    {
        ScenarioVocabulary(steps: self.steps + steps, expectations: self.expectations + expectations)
    }

    /// Reads a step: a member whose name is the kind, or the kind alone.
    ///
    /// - Throws: `unknownMember` with all kinds there are, `invalidValue`, and what the kind throws.
    func step(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) -> any ScenarioStep {
        let (kind, value) = try Self.kind(node)
        guard let type = steps.first(where: { $0.kind.name == kind }) else {
            let names = steps.map { $0.kind.name }.joined(separator: ", ")
            throw node.refusal("there is no step \(kind.shownShort); there are \(names)", code: .unknownMember)
        }
        return try type.init(value, &reader)
    }

    /// Reads an expectation: members of which one is the name of a kind.
    ///
    /// - Throws: as for a step.
    func expectation(_ node: ScenarioNode, _ reader: ScenarioReader) throws(ScenarioError) -> any ScenarioExpectation {
        guard case .mapping(let members) = node.content else {
            throw node.refusal("an expectation has members, such as { balance: consumer/bob, of: uatom, is: 5 }")
        }
        for type in expectations where members.contains(where: { $0.name == type.kind.name }) {
            return try type.init(try node.members(of: type.kind.name, allowing: type.allowed), reader)
        }
        let names = expectations.map { $0.kind.name }.joined(separator: ", ")
        throw node.refusal("it is not said what is expected; begin with one of \(names)", code: .unknownMember)
    }

    private static func kind(_ node: ScenarioNode) throws(ScenarioError) -> (String, ScenarioNode) {
        switch node.content {
        case .text(let name, _): return (name, ScenarioNode(content: .empty, place: node.place))
        case .mapping(let members):
            guard let member = members.first, members.count == 1 else {
                let names = members.map(\.name.shownShort).joined(separator: ", ")
                throw node.refusal("a step is one member, not \(members.count) (\(names)); begin each with a dash")
            }
            // Where nothing stands, the name's own place tells more.
            let value = member.value.isEmpty ? ScenarioNode(content: .empty, place: member.place) : member.value
            return (member.name, value)
        default: throw node.refusal("a step is a kind with its members, not \(node.kind)")
        }
    }
}

/// What kind a step or an expectation is, as `meshd scenario steps` shows it.
public struct ScenarioKind: Sendable {
    /// The member that begins it.
    public let name: String
    /// What it does, in a sentence.
    public let about: String
    /// A line or a few of a scenario.
    public let example: String

    /// Names a kind.
    public init(_ name: String, _ about: String, example: String) {
        self.name = name
        self.about = about
        self.example = example
    }
}
