import ModuleKit

extension ChainSpecification.Governance {
    static let allowed = [
        "min_deposit", "deposit_period", "voting_period", "quorum", "threshold", "veto_threshold", "proposer",
    ]

    /// Reads the member `governance` of a chain.
    ///
    /// - Parameter denom: the coin that the chain bonds, in which deposits are.
    init(_ node: ScenarioNode, depositing denom: String) throws(ScenarioError) {
        self.init()
        let members = try node.members(of: "governance", allowing: Self.allowed)
        if let deposit = members.optional("min_deposit") {
            let text = try deposit.text("a deposit").replacing("_", with: "")
            let coin = try ScenarioError.reading(deposit.place) { try Coin(text) }
            guard coin.denom.text == denom, !coin.amount.isZero else {
                throw deposit.refusal(
                    "deposits are of the coin that the chain bonds: name an amount of \(denom) above 0"
                )
            }
            minDeposit = coin.amount
        }
        if let period = try members.optional("deposit_period")?.period("a deposit period") { depositPeriod = period }
        if let period = try members.optional("voting_period")?.period("a voting period") { votingPeriod = period }
        quorum = try members.optional("quorum")?.part("a quorum")
        threshold = try members.optional("threshold")?.part("a threshold")
        vetoThreshold = try members.optional("veto_threshold")?.part("a threshold of vetoes")
        if let name = try members.optional("proposer")?.name("who proposes") { proposer = name }
    }
}

extension ScenarioNode {
    /// Takes the value as a length of time that governance allows.
    fileprivate func period(_ title: String) throws(ScenarioError) -> TimeSpan {
        let span = try timeSpan(title)
        guard span > .zero, span <= .days(365) else { throw refusal("\(title) is above zero, and a year at most") }
        return span
    }

    /// Takes the value as a part of a whole.
    fileprivate func part(_ title: String) throws(ScenarioError) -> Decimal18 {
        let part = try decimal(title)
        guard !part.isZero, part <= .one else { throw refusal("\(title) is above 0 and at most 1, such as 0.334") }
        return part
    }
}
