import GovernanceEvents
import ModuleKit

/// `vote`: stake says yes or no.
struct VoteStep: ScenarioStep {
    static let kind = ScenarioKind(
        "vote",
        "Votes on a proposal, by the label of the step that submitted it: yes, no, abstain or veto, or several of them by "
            + "weights that add up to 1. Several accounts of a list vote alike.",
        example: """
            - vote: { on: grant, from: [juno/validator, juno/validator-2], option: yes }
            - vote: { on: grant, from: juno/bob, options: { yes: 0.7, abstain: 0.3 } }
            """
    )

    private let voters: [AccountReference]
    private let proposal: String
    private let options: [Part]
    private let failure: ExpectedFailure?

    /// A part of a vote.
    private struct Part: Sendable {
        let word: String
        let weight: Decimal18
        /// The weight as it is written, which reads better than all its digits.
        let text: String
    }

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "vote", allowing: ["on", "from", "option", "options", "fails"])
        proposal = try reader.label(try members.required("on"))
        voters = try members.required("from").elements.map { [reader] (node) throws(ScenarioError) in
            try reader.account(node)
        }
        switch (members.optional("option"), members.optional("options")) {
        case (let option?, nil): options = [Part(word: try Self.word(option), weight: .one, text: "1")]
        case (nil, let parts?):
            options = try parts.named("options").map { (member) throws(ScenarioError) in
                let name = ScenarioNode(content: .text(member.name, isQuoted: false), place: member.place)
                return Part(
                    word: try Self.word(name),
                    weight: try member.value.decimal("a weight"),
                    text: try member.value.text("a weight")
                )
            }
        default: throw node.refusal("a vote has an option, or several with weights as options: give one of the two")
        }
        failure = try members.optional("fails").map { (node) throws(ScenarioError) in try ExpectedFailure(node) }
    }

    var description: String {
        let text =
            options.count == 1 ? options[0].word : options.map { "\($0.word) \($0.text)" }.joined(separator: ", ")
        return "\(voters.map(\.description).joined(separator: ", ")) on \(proposal): \(text)"
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        for voter in voters {
            let number = try run.proposal(labelled: proposal, for: voter).number
            let options = options.map { part in
                GovernanceWeightedOption.with {
                    $0.option = Self.words[part.word] ?? .unspecified
                    $0.weight = part.weight.description
                }
            }
            let message = try ScenarioError.running(nil) {
                try SandboxMessage(GovernanceMessage.vote(options, on: number), to: ChainSpecification.governanceLabel)
            }
            try run.submit([message], from: voter, failing: failure)
        }
    }

    private static let words: [String: GovernanceVoteOption] = [
        "yes": .yes, "no": .no, "abstain": .abstain, "veto": .noWithVeto,
    ]

    private static func word(_ node: ScenarioNode) throws(ScenarioError) -> String {
        try node.word("an option", of: ["yes", "no", "abstain", "veto"])
    }
}
