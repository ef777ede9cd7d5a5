import ModuleKit

/// Some figures of one thing that are expected, each under its name; those that nobody names may be anything.
struct ExpectedFigures: Sendable, CustomStringConvertible {
    private let figures: [(name: String, amount: Amount)]

    /// Reads the members of the names.
    ///
    /// - Throws: `missingMember` when none is there.
    init(_ members: ScenarioMembers, named names: [String]) throws(ScenarioError) {
        var figures: [(String, Amount)] = []
        for name in names {
            guard let node = members.optional(name) else { continue }
            figures.append((name, try node.amount(name)))
        }
        guard !figures.isEmpty else {
            throw ScenarioError(
                .missingMember,
                at: members.place,
                "\(members.title) needs one of the members \(names.joined(separator: ", "))"
            )
        }
        self.figures = figures
    }

    /// What is found, against this; what is not named is left out.
    func finding(_ found: [(name: String, amount: Amount)]) -> ScenarioFinding {
        let pairs = figures.map { figure in (figure, found.first { $0.name == figure.name }?.amount ?? .zero) }
        return ScenarioFinding(
            Self.text(pairs.map { ($0.0.name, $0.1) }),
            isMet: pairs.allSatisfy { $0.0.amount == $0.1 }
        )
    }

    var description: String { Self.text(figures) }

    private static func text(_ figures: [(name: String, amount: Amount)]) -> String {
        figures.map { "\($0.name) \($0.amount)" }.joined(separator: ", ")
    }
}
