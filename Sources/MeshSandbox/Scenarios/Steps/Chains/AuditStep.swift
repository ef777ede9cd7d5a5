/// `audit`: logs are checked and replayed, in the middle of everything.
struct AuditStep: ScenarioStep {
    static let kind = ScenarioKind(
        "audit",
        "Verifies and replays the logs of chains; the end of every scenario does so for all of them.",
        example: """
            - audit: all
            - audit: [provider, consumer]
            """
    )

    private let chains: [String]

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        chains = try reader.chains(node)
    }

    var description: String { "audit \(chains.joined(separator: ", "))" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        for chain in chains { try run.audit(chain, reopening: true) }
    }
}
