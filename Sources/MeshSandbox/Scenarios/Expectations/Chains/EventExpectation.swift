import ModuleKit

/// `event`: how often an event stands in a chain's log.
struct EventExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "event",
        "How often an event of a kind stands in a chain's log, by its instance and its kind as `meshd log` shows them.",
        example: "- expect: { event: transfer/refunded, on: provider, is: 1 }"
    )
    static let allowed = ["event", "on"] + ExpectedAmount.members

    private let chain: String
    private let instance: String
    private let event: String
    private let place: ScenarioPlace
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        chain = try reader.chain(try members.required("on"))
        let node = try members.required("event")
        let text = try node.text("an event")
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw node.refusal(
                "an event is an instance, a slash and a kind, such as bank/transferred, not \(text.shownShort)"
            )
        }
        (instance, event, place) = (parts[0], parts[1], node.place)
        amount = try ExpectedAmount(members)
    }

    var description: String { "events \(instance)/\(event) on \(chain)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let chain = try run.chain(chain)
        let count = try ScenarioError.reading(place) { try chain.count(ofEvents: event, of: instance) }
        return amount.finding(Amount(UInt128(count)))
    }
}
