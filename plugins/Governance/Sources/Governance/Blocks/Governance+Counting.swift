import GovernanceEvents
import ModuleKit
import StakingEvents

extension Governance {
    /// Counts the votes on a proposal and records what they came to.
    ///
    /// Should they be uncountable, for figures beyond all bounds, the proposal is rejected with the reason: a vote that can't
    /// be ended would stop all others.
    ///
    /// - Complexity: O(validators), however many have voted.
    func endVote(on number: UInt64, _ context: Context) throws(ModuleError) {
        let proposal = try collections.proposal(number, in: context)
        let rules = try GovernanceRules(proposal.rules)
        var ended = GovernanceVotingEnded()
        ended.proposal = number
        ended.burnedPart = Decimal18.zero.description
        do throws(ModuleError) {
            let count = try count(number, context)
            let outcome = try count.outcome(rules)
            ended.result = try count.result(outcome)
            let isBurned =
                switch outcome {
                case .quorumMissed: rules.burnsMissedQuorum
                case .vetoed: rules.burnsVetoed
                default: false
                }
            if isBurned { ended.burnedPart = Decimal18.one.description }
        } catch {
            ended.failure = GovernanceFailure(error)
        }
        let event = GovernanceEvent.with { [ended] in $0.votingEnded = ended }
        try context.emit(event)
    }

    private func count(_ number: UInt64, _ context: Context) throws(ModuleError) -> VoteCount {
        var count = VoteCount()
        try forEachBonded(context) { (validator, stake) throws(ModuleError) in
            try count.add(
                try collections.ballotPaper(
                    number,
                    of: validator,
                    tokens: try Amount(stake.tokens),
                    shares: try Decimal18(stake.shares),
                    in: context
                )
            )
        }
        return count
    }
}

extension GovernanceState {
    /// What a bonded validator brings into a count.
    func ballotPaper(
        _ number: UInt64,
        of validator: Address,
        tokens: Amount,
        shares: Decimal18,
        in state: some StateReading
    ) throws(ModuleError) -> VoteCount.Validator {
        var vote: WeightedVote?
        if let ballot = try ballots.value(for: Pair(number, validator), in: state) {
            vote = try WeightedVote(ballot.options)
        }
        return VoteCount.Validator(
            tokens: tokens,
            shares: shares,
            discounted: try discounts.value(for: validator, in: state)?.value ?? .zero,
            tally: try tallies.value(for: Pair(number, validator), in: state) ?? ValidatorTally(),
            vote: vote
        )
    }
}
