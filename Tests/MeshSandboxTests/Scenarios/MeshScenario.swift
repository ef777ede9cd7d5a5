import MeshSandbox

/// Scenarios of two chains, one of which secures the other.
enum MeshScenario {
    static let head = """
        name: A test
        seed: 11
        chains:
          north: { prefix: nor, bond: unor, validators: [10, 10], accounts: { ann: 90_000_000unor, cid: 5unor } }
          south: { prefix: sou, bond: usou, validators: [10, 10, 10], accounts: { bob: 9_000_000usou } }
        channels:
          plain: { between: [north/transfer, south/transfer] }
        pairings:
          main: { provider: north, consumer: south, price: 0.5, discount: 0.1, cap: 9_000_000usou, slash: 0.1 }
        steps:

        """
    /// The line on which the first step stands.
    static let firstLine = 11

    /// A scenario with some steps, which begin at the left margin.
    static func text(_ steps: String) -> String {
        head + steps.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
    }

    /// Carries the steps out, and audits the chains.
    static func run(_ steps: String) throws -> ScenarioReport {
        let folder = try ScenarioFolder()
        return try ScenarioRun.run(
            try Scenario(parsing: text(steps)),
            in: folder.path,
            auditor: TestAuditor.auditor
        )
    }
}
