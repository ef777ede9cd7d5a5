import GovernanceEvents
import ModuleKit
import StakingEvents

extension Governance {
    /// Takes a vote; it replaces an earlier one.
    ///
    /// - Parameter owner: for whom an instance votes, when the voter is a sub-account.
    /// - Throws: `votingClosed`, `invalidVote`, `voterHasNoStake`.
    /// - Complexity: O(d) in the voter's own delegations, however many others have voted.
    func vote(
        _ options: [GovernanceWeightedOption],
        on number: UInt64,
        by voter: Address,
        for owner: Address? = nil,
        _ context: Context
    ) throws(ModuleError) {
        let vote = try WeightedVote(checking: options)
        let proposal = try collections.proposal(number, in: context)
        guard proposal.status == .votingPeriod, context.block.time < proposal.votingEnd else {
            throw ModuleError(.votingClosed, "proposal \(number) is not in its voting period: no vote counts")
        }
        try track(voter, context)
        guard try hasStake(voter, context) else {
            throw ModuleError(.voterHasNoStake, "the voter has no stake and is no validator: delegate first")
        }
        try context.emit(
            .with {
                $0.voted = .with {
                    $0.proposal = number
                    $0.voter = text(of: voter, context)
                    $0.options = vote.options
                    if let owner { $0.owner = text(of: owner, context) }
                }
            }
        )
    }

    /// Casts votes of an instance's sub-accounts.
    func cast(_ votes: [CastVote], _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        for vote in votes {
            let voter = Address(instance: origin.instance.address, account: vote.owner)
            try self.vote(vote.options, on: vote.proposal, by: voter, for: vote.owner, context)
        }
    }

    /// How many delegations one event carries.
    private static let stakesPerEventMax = 256

    /// Records what a delegator has staked, if that is not known yet. From then on staking's events tell.
    func track(_ delegator: Address, _ context: Context) throws(ModuleError) {
        guard try !collections.isTracked(delegator, in: context) else { return }
        var rest = try stakes(of: delegator, context)[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Self.stakesPerEventMax))
            rest = rest.dropFirst(Self.stakesPerEventMax)
            try context.emit(
                .with {
                    $0.stakesCounted.delegator = text(of: delegator, context)
                    $0.stakesCounted.stakes = part
                }
            )
        }
    }

    /// Whether a tracked account has stake, or is a validator's.
    private func hasStake(_ account: Address, _ context: Context) throws(ModuleError) -> Bool {
        var isFound = false
        try collections.stakes.forEach(startingWith: account, in: context) { (_, _) throws(ModuleError) in
            isFound = true
            return false
        }
        return isFound ? true : try isValidator(account, context)
    }
}
