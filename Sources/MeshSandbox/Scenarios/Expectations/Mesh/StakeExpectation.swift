import ExternalStakingEvents
import ModuleKit

/// `stake`: what an account has staked over a pairing.
struct StakeExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "stake",
        "What an account has staked at a validator over a pairing: is (nothing is in flight), or low and high (what it is at "
            + "least and at most, while packets are under way), and unbonding.",
        example: """
            - expect: { stake: osmosis/alice, at: juno/validator, over: main, is: 2_000_000, unbonding: 0 }
            - expect: { stake: osmosis/alice, at: juno/validator, over: main, low: 0, high: 2_000_000 }
            """
    )
    private static let figures = ["low", "high", "unbonding"]
    static let allowed = ["stake", "at", "over", "is"] + figures

    private let account: AccountReference
    private let validator: AccountReference
    private let pairing: ScenarioPairing
    private let exact: Amount?
    private let figures: ExpectedFigures?

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("over"))
        let node = try members.required("stake")
        account = try reader.account(node)
        guard account.chain == pairing.provider else {
            throw node.refusal("over \(pairing.name), accounts of \(pairing.provider) stake, not \(account)")
        }
        validator = try reader.validator(try members.required("at"), on: pairing.consumer)
        exact = try members.optional("is")?.amount("what it is")
        guard exact == nil || (!members.has("low") && !members.has("high")) else {
            throw ScenarioError(.invalidValue, at: members.place, "say what it `is`, or `low` and `high`; not both")
        }
        let hasOthers = Self.figures.contains { members.has($0) }
        figures = exact != nil && !hasOthers ? nil : try ExpectedFigures(members, named: Self.figures)
    }

    var description: String { "stake of \(account) at \(validator) over \(pairing.name)" }
    var expected: String { Self.text(exact?.description, figures?.description) }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        try run.requireSetUp(pairing)
        let (owner, validator) = (try run.address(of: account), try run.operatorText(of: validator))
        let query = ExternalStakingQuery.with {
            $0.stake.owner = owner
            $0.stake.validator = validator
        }
        return try run.ask(query, of: pairing.specification.externalStaking, on: pairing.provider) { answer in
            let found = answer.stake
            let (low, high) = (try Amount(found.amount.low), try Amount(found.amount.high))
            let unbonding = try found.pendingUnbonds.reduce(Amount.zero) { try $0.adding(Amount($1.amount)) }
            let rest = figures?.finding([("low", low), ("high", high), ("unbonding", unbonding)])
            guard let exact else { return rest ?? ScenarioFinding("", isMet: false) }
            let range = low == high ? low.description : "\(low) to \(high)"
            return ScenarioFinding(
                Self.text(range, rest?.text),
                isMet: low == exact && high == exact && rest?.isMet != false
            )
        }
    }

    private static func text(_ exact: String?, _ rest: String?) -> String {
        [exact, rest].compactMap { $0 }.joined(separator: ", ")
    }
}
