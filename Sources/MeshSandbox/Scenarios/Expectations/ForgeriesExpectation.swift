import ModuleKit

/// `forgeries`: how many lies of a relayer were refused.
struct ForgeriesExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "forgeries",
        "How many forged deliveries over a channel were refused. One that is accepted ends every scenario.",
        example: "- expect: { forgeries: main, at_least: 1 }"
    )
    static let allowed = ["forgeries"] + ExpectedAmount.members

    private let channel: ScenarioChannel
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        channel = try reader.channel(try members.required("forgeries"))
        amount = try ExpectedAmount(members)
    }

    var description: String { "refused forgeries over \(channel.name)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        amount.finding(Amount(UInt128(run.refusedForgeries[channel.name] ?? 0)))
    }
}
