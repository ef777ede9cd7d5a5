import LocalStakingEvents
import ModuleKit

/// `release`: local stake that came back returns to the vault.
struct ReleaseStep: ScenarioStep {
    static let kind = ScenarioKind(
        "release",
        "Gives the vault what came back of an account's local stake, which ends the lien on it.",
        example: "- release: { from: osmosis/alice }"
    )

    private let signing: MessageSigning

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "release", allowing: ["from"] + MessageSigning.members)
        signing = try MessageSigning(try members.user(reader), members, &reader)
    }

    var description: String { "\(signing.account) gives the vault what came back" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let message = LocalStakingMessage.with { $0.release = .init() }
        try signing.submit([message], to: ChainSpecification.localStaking, in: run)
    }
}
