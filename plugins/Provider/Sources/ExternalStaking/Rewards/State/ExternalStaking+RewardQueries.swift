import ExternalStakingEvents
import ModuleKit

extension ExternalStaking {
    func answer(_ query: ExternalStakingPendingRewardsQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingPendingRewards
    {
        let rewards = try rewards(of: try account(query.owner, state), at: query.validator, in: state)
        return try ExternalStakingPendingRewards(rewards, query.owner, query.validator, held: try heldDenom(state))
    }

    func answer(_ query: ExternalStakingAllPendingRewardsQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingPendingRewardsPage
    {
        let owner = try account(query.owner, state)
        let limit = Self.pageSize(query.limit)
        let held = try heldDenom(state)
        var page = ExternalStakingPendingRewardsPage()
        try stakes.forEach(in: state, from: Pair(owner, query.startValidator)) { (key, stored) throws(ModuleError) in
            guard key.first == owner else { return false }
            guard page.rewards.count < limit else {
                page.nextValidator = key.second
                return false
            }
            let rewards = try rewards(of: stored, at: key.second, in: state)
            page.rewards.append(try ExternalStakingPendingRewards(rewards, query.owner, key.second, held: held))
            return true
        }
        return page
    }

    func answer(_ query: ExternalStakingValidatorRewardsQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingValidatorRewards
    {
        let held = try heldDenom(state)
        var answer = ExternalStakingValidatorRewards.with { $0.validator = query.validator }
        for element in try validatorRewards.value(for: query.validator, in: state)?.entries.elements ?? [] {
            answer.totals.append(try ExternalStakingRewardTotals(element.value.totals, element.denom, held: held))
        }
        return answer
    }

    func rewardsOfPairing(_ state: StateReader) throws(ModuleError) -> ExternalStakingRewards {
        let held = try heldDenom(state)
        var answer = ExternalStakingRewards()
        for element in try rewardLedgers.value(in: state)?.entries.elements ?? [] {
            answer.totals.append(try ExternalStakingRewardTotals(element.value.totals, element.denom, held: held))
            answer.reserves.append(
                .with {
                    $0.denom = element.denom.text
                    $0.unattributed = element.value.unattributed.description
                    $0.communityWaiting = element.value.communityWaiting.description
                    $0.communityInFlight = element.value.communityInFlight.description
                }
            )
        }
        return answer
    }
}

extension ExternalStakingPendingRewards {
    fileprivate init(_ rewards: StakeRewards, _ owner: String, _ validator: String, held: Denom) throws(ModuleError) {
        self.init()
        self.owner = owner
        self.validator = validator
        for element in rewards.entries.elements {
            let claimable = try rewards.claimable(element.denom)
            guard !claimable.isZero || !element.value.inFlight.isZero else { continue }
            self.rewards.append(
                .with {
                    $0.claimable = ProtoCoin(Coin(claimable, element.denom))
                    $0.inFlight = element.value.inFlight.description
                    $0.held = element.denom == held
                }
            )
        }
    }
}

extension ExternalStakingRewardTotals {
    fileprivate init(_ totals: RewardTotals, _ denom: Denom, held: Denom) throws(ModuleError) {
        let (claimable, fractions) = try totals.claimable().quotientAndRemainder(dividingBy: .one)
        // What can be claimed and what is carried is a whole number together, so what 18 digits leave of one ends the other.
        let remainder = try totals.carry.adding(fractions).quotientAndRemainder(dividingBy: .one).quotient
        self = .with {
            $0.denom = denom.text
            $0.held = denom == held
            $0.received = totals.received.description
            $0.paid = totals.paid.description
            $0.converted = totals.converted.description
            $0.community = totals.community.description
            $0.inFlight = totals.inFlight.description
            $0.claimable = claimable.shortDescription
            $0.remainder = remainder.shortDescription
        }
    }
}
