import ExternalStakingEvents
import LocalStakingEvents
import ModuleKit
import RewardsEvents

/// `rewards`: what stake of an account has earned, and was not paid.
struct RewardsExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "rewards",
        "What stake of an account at a validator has earned and was not paid, in whole units: claimable, and over a pairing "
            + "in_flight. `of` names a denomination of the account's chain: `ujuno over main` for vouchers, `ujuno` for what the "
            + "consumer holds; without it, all kinds of a pairing's rewards count together. With `locally`, collateral on its "
            + "own chain; without `over`, a delegation.",
        example: """
            - expect: { rewards: osmosis/alice, at: juno/validator, over: main, claimable: 250, in_flight: 0 }
            - expect: { rewards: osmosis/alice, at: juno/validator, over: main, of: ujuno over main, claimable: 250 }
            - expect: { rewards: juno/bob, at: juno/validator, claimable: 40 }
            """
    )
    private static let figures = ["claimable", "in_flight"]
    static let allowed = ["rewards", "at", "over", "of", "locally", "at_least"] + figures

    private let account: AccountReference
    private let validator: AccountReference
    private let pairing: ScenarioPairing?
    private let denomination: ScenarioDenomination?
    private let isLocal: Bool
    private let figures: ExpectedFigures?
    private let least: Amount?

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try members.optional("over").map { (node) throws(ScenarioError) in try reader.pairing(node) }
        let node = try members.required("rewards")
        if let pairing {
            account = try reader.account(node, on: pairing.provider)
        } else {
            account = try reader.account(node)
        }
        validator = try reader.validator(try members.required("at"), on: pairing?.consumer ?? account.chain)
        isLocal = try members.isLocal()
        guard pairing == nil || !isLocal else { throw node.refusal("say `over`, or `locally: yes`; not both") }
        denomination = try members.optional("of").map { [account] (node) throws(ScenarioError) in
            try reader.denomination(node, on: account.chain)
        }
        least = try members.optional("at_least")?.amount("what is claimable at least")
        let hasFigures = Self.figures.contains { members.has($0) }
        figures = least != nil && !hasFigures ? nil : try ExpectedFigures(members, named: Self.figures)
    }

    var description: String {
        let place = pairing.map { " over \($0.name)" } ?? (isLocal ? ", locally" : "")
        return "rewards of \(account) at \(validator)\(place)\(denomination.map { ", \($0)" } ?? "")"
    }

    var expected: String {
        [figures?.description, least.map { "claimable at least \($0)" }].compactMap { $0 }.joined(separator: ", ")
    }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let (claimable, inFlight) =
            if let pairing { try crossed(pairing, in: run) } else { (try native(in: run), Amount.zero) }
        let found: [(name: String, amount: Amount)] = [("claimable", claimable), ("in_flight", inFlight)]
        guard let least else { return figures?.finding(found) ?? ScenarioFinding("", isMet: false) }
        let rest = figures?.finding(found)
        return ScenarioFinding(
            [rest?.text, "claimable \(claimable)"].compactMap { $0 }.joined(separator: ", "),
            isMet: claimable >= least && rest?.isMet != false
        )
    }

    private func crossed(_ pairing: ScenarioPairing, in run: ScenarioRun) throws(ScenarioError) -> (Amount, Amount) {
        try run.requireSetUp(pairing)
        let (owner, validator) = (try run.address(of: account), try run.operatorText(of: validator))
        let wanted = try denomination.map { (denomination) throws(ScenarioError) in try run.denomination(denomination) }
        let query = ExternalStakingQuery.with {
            $0.pendingRewards.owner = owner
            $0.pendingRewards.validator = validator
        }
        return try run.ask(query, of: pairing.specification.externalStaking, on: pairing.provider) { answer in
            var sums = (Amount.zero, Amount.zero)
            for reward in answer.pendingRewards.rewards where wanted == nil || reward.claimable.denom == wanted {
                sums.0 = try sums.0.adding(try Amount(reward.claimable.amount))
                sums.1 = try sums.1.adding(try Amount(reward.inFlight))
            }
            return sums
        }
    }

    private func native(in run: ScenarioRun) throws(ScenarioError) -> Amount {
        var delegator = try run.address(of: account)
        if isLocal {
            let query = LocalStakingQuery.with { $0.account.address = delegator }
            delegator = try run.ask(query, of: ChainSpecification.localStaking, on: account.chain) {
                $0.account.subAccount
            }
        }
        let validator = try run.operatorText(of: validator)
        let query = RewardsQuery.with {
            $0.delegation.delegator = delegator
            $0.delegation.validator = validator
        }
        let wanted = try denomination.map { (denomination) throws(ScenarioError) in try run.denomination(denomination) }
        return try run.ask(query, of: ChainSpecification.rewardsLabel, on: account.chain) { answer in
            try answer.delegation.payable.filter { wanted == nil || $0.denom == wanted }
                .reduce(Amount.zero) { try $0.adding(try Amount($1.amount)) }
        }
    }
}
