import GovernanceEvents
import ModuleKit

// What a proposal leaves behind when it is over: deposits of many, and votes of very many. Both are worked off in bounded
// batches. A proposal keeps its place among those that can be voted on until its votes are forgotten, so that nobody ever has
// votes on more than `GovernanceRules.maxVotingLimit` proposals to be kept up to date.
extension Governance {
    /// How many records one block works off: deposits, votes, and what is kept of voters' stakes.
    static let recordsPerBlockMax = 500

    /// Settles deposits and forgets votes, of the oldest proposals that are over.
    func clear(_ context: Context) throws(ModuleError) {
        var room = Self.recordsPerBlockMax
        while room > 0, let number = try collections.clearing.entries(in: context, limit: 1).first?.key {
            let proposal = try collections.proposal(number, in: context)
            try settleDeposits(of: proposal, &room, context)
            try dropBallots(of: number, &room, context)
            guard room > 0 else { return }
            try context.emit(.with { $0.proposalCleared.proposal = number })
            room -= 1
        }
    }

    /// One that can't be given back is left to its owner.
    private func settleDeposits(of proposal: GovernanceProposal, _ room: inout Int, _ context: Context)
        throws(ModuleError)
    {
        var depositors: [Address] = []
        let limit = room
        try collections.deposits.forEach(startingWith: proposal.number, in: context) { (key, deposit) in
            if !deposit.isLeft { depositors.append(key.second) }
            return depositors.count < limit
        }
        room -= depositors.count
        for depositor in depositors {
            do throws(ModuleError) {
                try settle(depositor, proposal, context)
            } catch {
                try context.emit(
                    .with {
                        $0.settlementFailed = .with {
                            $0.proposal = proposal.number
                            $0.depositor = text(of: depositor, context)
                            $0.failure = GovernanceFailure(error)
                        }
                    }
                )
            }
        }
    }

    /// A voter's stakes go with his last vote, and are counted as well; somebody with very many goes alone.
    private func dropBallots(of number: UInt64, _ room: inout Int, _ context: Context) throws(ModuleError) {
        var voters: [Address] = []
        let limit = room
        try collections.ballots.forEach(startingWith: number, in: context) { (key, _) throws(ModuleError) in
            guard voters.count < limit else { return false }
            voters.append(key.second)
            return true
        }
        var count = 0
        for voter in voters {
            let cost = 1 + (try stakesLeft(with: voter, in: context))
            guard cost <= room || room == Self.recordsPerBlockMax else { break }
            room = max(0, room - cost)
            count += 1
        }
        if count < voters.count { room = 0 }
        guard count > 0 else { return }
        let dropped = UInt32(clamping: count)
        try context.emit(
            .with {
                $0.ballotsDropped.proposal = number
                $0.ballotsDropped.count = dropped
            }
        )
    }

    /// How many records of stakes go with one vote of a voter.
    private func stakesLeft(with voter: Address, in context: Context) throws(ModuleError) -> Int {
        guard try collections.voters.value(for: voter, in: context)?.proposals.count == 1,
            try !collections.weights.contains(voter, in: context)
        else { return 0 }
        var count = 0
        try collections.stakes.forEach(startingWith: voter, in: context) { (_, _) throws(ModuleError) in
            count += 1
            return true
        }
        return count
    }
}
