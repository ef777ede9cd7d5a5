import GovernanceEvents
import ModuleKit

/// The rules that governance can change, those of the Cosmos SDK's `x/gov` at the start.
struct GovernanceRules: StoredValue, Hashable {
    /// The least deposit with which a proposal can be voted on. Invariant: in the bond denomination.
    var minDeposit: Coin
    var maxDepositPeriod = TimeSpan.days(2)
    var votingPeriod = TimeSpan.days(2)
    var quorum = Decimal18.permille(334)
    var threshold = Decimal18.percent(50)
    var vetoThreshold = Decimal18.permille(334)
    var minInitialDepositRatio = Decimal18.zero
    var minDepositRatio = Decimal18.percent(1)
    var proposalCancelRatio = Decimal18.percent(50)
    var burnsMissedQuorum = false
    var burnsUnpaidDeposits = false
    var burnsVetoed = true
    /// How many proposals are voted on at one time.
    var maxVoting: UInt32 = 32

    /// The parameters of a new chain: those of the Cosmos SDK, in this denomination.
    init(bondDenom: Denom) { minDeposit = Coin(10_000_000, bondDenom) }

    init(_ stored: GovernanceParameters) throws(ModuleError) {
        minDeposit = try stored.minDeposit.coin()
        maxDepositPeriod = TimeSpan(nanoseconds: stored.maxDepositPeriodNanoseconds)
        votingPeriod = TimeSpan(nanoseconds: stored.votingPeriodNanoseconds)
        quorum = try Decimal18(stored.quorum)
        threshold = try Decimal18(stored.threshold)
        vetoThreshold = try Decimal18(stored.vetoThreshold)
        minInitialDepositRatio = try Decimal18(stored.minInitialDepositRatio)
        minDepositRatio = try Decimal18(stored.minDepositRatio)
        proposalCancelRatio = try Decimal18(stored.proposalCancelRatio)
        burnsMissedQuorum = stored.burnVoteQuorum
        burnsUnpaidDeposits = stored.burnProposalDepositPrevote
        burnsVetoed = stored.burnVoteVeto
        maxVoting = stored.maxVoting
    }

    var stored: GovernanceParameters {
        .with {
            $0.minDeposit = ProtoCoin(minDeposit)
            $0.maxDepositPeriodNanoseconds = maxDepositPeriod.nanoseconds
            $0.votingPeriodNanoseconds = votingPeriod.nanoseconds
            $0.quorum = quorum.description
            $0.threshold = threshold.description
            $0.vetoThreshold = vetoThreshold.description
            $0.minInitialDepositRatio = minInitialDepositRatio.description
            $0.minDepositRatio = minDepositRatio.description
            $0.proposalCancelRatio = proposalCancelRatio.description
            $0.burnVoteQuorum = burnsMissedQuorum
            $0.burnProposalDepositPrevote = burnsUnpaidDeposits
            $0.burnVoteVeto = burnsVetoed
            $0.maxVoting = maxVoting
        }
    }

    /// The longest period: ten years.
    static let periodMax = TimeSpan.days(3650)
    /// The most proposals that can be voted on at one time; also bounds what is kept of one voter.
    static let maxVotingLimit: UInt32 = 64

    /// Checks what the parameters must satisfy.
    ///
    /// - Throws: `governanceParameterNotAllowed`.
    func check() throws(ModuleError) {
        func require(_ isAllowed: Bool, _ rule: String) throws(ModuleError) {
            guard isAllowed else { throw ModuleError(.governanceParameterNotAllowed, rule) }
        }
        try require(!minDeposit.amount.isZero, "min_deposit must be above zero")
        for (name, period) in [("max_deposit_period", maxDepositPeriod), ("voting_period", votingPeriod)] {
            try require(
                period > .zero && period <= Self.periodMax,
                "\(name) must be above zero and at most \(Self.periodMax)"
            )
        }
        for (name, part) in [("quorum", quorum), ("threshold", threshold), ("veto_threshold", vetoThreshold)] {
            try require(!part.isZero && part <= .one, "\(name) must be above 0 and at most 1")
        }
        try require(threshold < .one, "threshold must be below 1: more than it has to vote yes, and nothing ever could")
        let ratios = [
            ("min_initial_deposit_ratio", minInitialDepositRatio), ("min_deposit_ratio", minDepositRatio),
            ("proposal_cancel_ratio", proposalCancelRatio),
        ]
        for (name, ratio) in ratios { try require(ratio <= .one, "\(name) must be at most 1") }
        try require(
            (1...Self.maxVotingLimit).contains(maxVoting),
            "max_voting must be 1 to \(Self.maxVotingLimit)"
        )
    }

    /// A coin of the denomination of deposits, as events carry it.
    func coin(_ amount: Amount) -> ProtoCoin { ProtoCoin(Coin(amount, minDeposit.denom)) }

    /// Reads an amount above zero of the denomination of deposits.
    ///
    /// - Throws: `notDepositCoin`, `invalidAmount`.
    func amount(of coin: ProtoCoin) throws(ModuleError) -> Amount {
        let amount = try Amount(coin.amount)
        guard coin.denom == minDeposit.denom.text, !amount.isZero else {
            throw ModuleError(
                .notDepositCoin,
                "only \(minDeposit.denom) above zero can be deposited: give such an amount"
            )
        }
        return amount
    }
}

extension Decimal18 {
    /// So many thousandths.
    fileprivate static func permille(_ thousandths: UInt64) -> Decimal18 {
        (try? Decimal18(Amount(UInt128(thousandths)), over: 1_000, rounding: .floor)) ?? .zero
    }
}
