/// `reward_books`: whether the two chains of a pairing agree on its rewards.
struct RewardBooksExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "reward_books",
        "Whether the books that the two chains of a pairing keep of its rewards contradict each other: sound (not, whatever is "
            + "under way), or settled (nothing is under way, so that they agree to the last unit).",
        example: "- expect: { reward_books: main, is: settled }"
    )
    static let allowed = ["reward_books", "is"]

    private let pairing: ScenarioPairing
    private let state: String

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("reward_books"))
        state = try members.required("is").word("how books stand", of: ["sound", "settled"])
    }

    var description: String { "books of rewards of \(pairing.name)" }
    var expected: String { state }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let rewards = try run.rewards(of: pairing)
        let contradictions = rewards.contradictions
        guard contradictions.isEmpty else {
            return ScenarioFinding(contradictions.joined(separator: "; "), isMet: false)
        }
        let found = rewards.isSettled ? "settled" : "sound"
        return ScenarioFinding(found, isMet: state == "sound" || found == state)
    }
}
