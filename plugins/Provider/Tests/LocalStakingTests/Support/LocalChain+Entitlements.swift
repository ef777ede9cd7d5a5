import Governance
import GovernanceEvents
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import Rewards
import RewardsEvents
import StakingEvents
import Vault

/// A chain with governance and rewards besides: what stake gives its owner.
extension LocalChain {
    /// Governance decides after 500 s. About 6000 stake are minted in a block, and all of it is shared out.
    static func entitled(params: [(String, JSONValue)] = []) throws -> LocalChain {
        try LocalChain(
            params: params,
            neighbours: [Governance(), Rewards()],
            settings: [
                "governance": [
                    "params": ["min_deposit": [["denom": "stake", "amount": "1000"]], "voting_period": "500s"]
                ],
                "rewards": [
                    "mint": [
                        "inflation_min": "0.1", "inflation_max": "0.1", "inflation_rate_change": "0",
                        "blocks_per_year": "1000",
                    ], "distribution": ["community_tax": "0"],
                ],
            ]
        )
    }

    // MARK: Votes

    /// Makes a proposal that can be voted on at once; its number.
    func propose() throws -> UInt64 {
        let message = GovernanceMessage.with {
            $0.submit.title = "A proposal"
            $0.submit.initialDeposit = .stake(1_000)
        }
        let outcome = try harness.when(message, to: Governance.self, from: people[2]).thenSucceeded()
        return outcome.events.of(GovernanceEvent.self).first?.proposalSubmitted.proposal ?? 0
    }

    @discardableResult
    func vote(_ options: [GovernanceWeightedOption], on proposal: UInt64, by owner: Address) throws
        -> Outcome<LocalStaking>
    {
        let message = LocalStakingMessage.with {
            $0.vote.proposal = proposal
            $0.vote.options = options
        }
        return try harness.when(message, from: owner)
    }

    /// A vote of an account with its own stake, such as a validator's.
    @discardableResult
    func voteNatively(_ options: [GovernanceWeightedOption], on proposal: UInt64, by voter: Address) throws
        -> Outcome<LocalStaking>
    {
        let message = GovernanceMessage.with {
            $0.vote.proposal = proposal
            $0.vote.options = options
        }
        return try harness.when(message, to: Governance.self, from: voter)
    }

    /// What the votes come to now, or came to: yes, abstain, no, no with veto.
    func tally(_ proposal: UInt64) throws -> [String] {
        let page = try harness.query(.with { $0.validators.status = .bonded }, of: NativeStaking.self).validators
        let query = GovernanceQuery.with {
            $0.tally.proposal = proposal
            $0.tally.bonded = page.validators.map { validator in
                .with {
                    $0.operator = validator.operator
                    $0.tokens = validator.stake.tokens
                    $0.shares = validator.stake.shares
                }
            }
        }
        let result = try harness.query(query, of: Governance.self).tally.result
        return [result.yes, result.abstain, result.no, result.noWithVeto]
    }

    /// What native staking says that an owner's sub-account has with each of the first three validators.
    func delegated(by owner: Address) throws -> [Amount] {
        try (0..<3).map { validator in
            do {
                return try Amount(try worth(of: owner, at: validator))
            } catch let error as ModuleError {
                guard error.code == .delegationNotFound else { throw error }
                return .zero
            }
        }
    }

    // MARK: Rewards

    @discardableResult
    func withdraw(from validator: Int, by owner: Address) throws -> Outcome<LocalStaking> {
        try harness.when(.with { $0.withdrawRewards.validator = operatorText(validator) }, from: owner)
    }

    /// What the local stake of a user has earned with a validator, in fractions.
    func earned(by owner: Address, at validator: Int) throws -> Decimal18 {
        try earned(account: try account(of: owner).subAccount, at: validator)
    }

    /// What a delegation has earned.
    func earned(account: String, at validator: Int) throws -> Decimal18 {
        let query = RewardsQuery.with {
            $0.delegation.delegator = account
            $0.delegation.validator = operatorText(validator)
        }
        let rewards = try harness.query(query, of: Rewards.self).delegation.rewards
        guard let amount = rewards.first(where: { $0.denom == "stake" })?.amount else { return .zero }
        // More digits than 18 are cut.
        let parts = amount.split(separator: ".")
        guard let whole = parts.first, let fraction = parts.dropFirst().first else { return try Decimal18(amount) }
        return try Decimal18("\(whole).\(fraction.prefix(18))")
    }

    /// Delegates an account's own coins, without any vault.
    func delegate(_ amount: UInt64, to validator: Int, by delegator: Address) throws {
        let message = StakingMessage.with {
            $0.delegate.validator = operatorText(validator)
            $0.delegate.amount = .stake(amount)
        }
        try harness.when(message, to: NativeStaking.self, from: delegator).thenSucceeded()
    }
}

extension [GovernanceWeightedOption] {
    /// A plain vote.
    static func plain(_ option: GovernanceVoteOption) -> Self { parts([(option, "1")]) }

    /// A vote in parts.
    static func parts(_ parts: [(GovernanceVoteOption, String)]) -> Self {
        parts.map { option, weight in
            .with {
                $0.option = option
                $0.weight = weight
            }
        }
    }
}
