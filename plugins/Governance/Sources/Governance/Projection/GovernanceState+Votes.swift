import GovernanceEvents
import ModuleKit

// The sums of votes follow from what is stored: votes, stakes and multipliers. Whenever one of these changes, what it counted
// for is taken from the sums before, and added after.
extension GovernanceState {
    func apply(_ event: GovernanceStakesCounted, to state: StateWriter) throws(ModuleError) {
        let delegator = try Address(bech32: event.delegator)
        for stake in event.stakes {
            let key = Pair(delegator, try Address(bech32: stake.validator))
            try stakes.set(Shares(try Decimal18(stake.shares)), for: key, in: state)
        }
    }

    func apply(_ event: GovernanceStakeChanged, to state: StateWriter) throws(ModuleError) {
        let delegator = try Address(bech32: event.delegator)
        let validator = try Address(bech32: event.validator)
        let multiplier = try multiplier(of: delegator, in: state)
        let key = Pair(delegator, validator)
        let old = try stakes.value(for: key, in: state)?.value ?? .zero
        let new = try Decimal18(event.shares)
        try recount(
            delegator,
            at: validator,
            from: CountedShares(old, multiplier),
            to: CountedShares(new, multiplier),
            in: state
        )
        if new.isZero { try stakes.remove(key, in: state) } else { try stakes.set(Shares(new), for: key, in: state) }
    }

    func apply(_ event: GovernanceWeightSet, to state: StateWriter) throws(ModuleError) {
        let delegator = try Address(bech32: event.delegator)
        let old = try multiplier(of: delegator, in: state)
        let new = try Decimal18(event.multiplier)
        for (validator, shares) in try allStakes(of: delegator, in: state) {
            try recount(
                delegator,
                at: validator,
                from: CountedShares(shares, old),
                to: CountedShares(shares, new),
                in: state
            )
        }
        if new == .one {
            try weights.remove(delegator, in: state)
            try forgetIfUntracked(delegator, in: state)
        } else {
            try weights.set(Multiplier(new), for: delegator, in: state)
        }
    }

    func apply(_ event: GovernanceVoted, to state: StateWriter) throws(ModuleError) {
        let voter = try Address(bech32: event.voter)
        let key = Pair(event.proposal, voter)
        let old = try ballots.value(for: key, in: state)
        let oldVote = if let old { try WeightedVote(old.options) } else { nil as WeightedVote? }
        let newVote = try WeightedVote(event.options)
        let multiplier = try multiplier(of: voter, in: state)
        for (validator, shares) in try allStakes(of: voter, in: state) {
            let counting = try CountedShares(shares, multiplier).counting
            try changeTally(event.proposal, of: validator, in: state) { (tally) throws(ModuleError) in
                if let oldVote { try tally.remove(counting, oldVote) }
                try tally.add(counting, newVote)
            }
        }
        let ballot = GovernanceBallot.with {
            $0.options = event.options
            $0.owner = event.owner
        }
        try ballots.set(ballot, for: key, in: state)
        guard old == nil else { return }
        try voters.update(voter, in: state) { record in
            var proposals = record?.proposals ?? []
            proposals.insert(event.proposal, at: proposals.firstIndex { $0 > event.proposal } ?? proposals.count)
            record = .with { $0.proposals = proposals }
        }
    }

    func apply(_ event: GovernanceBallotsDropped, to state: StateWriter) throws(ModuleError) {
        var dropped: [Address] = []
        let count = Int(event.count)
        guard count > 0 else { return }
        try ballots.forEach(startingWith: event.proposal, in: state) { (key, _) throws(ModuleError) in
            dropped.append(key.second)
            return dropped.count < count
        }
        guard dropped.count == count else { throw Self.doesNotFit("more votes than there are") }
        for voter in dropped {
            try ballots.remove(Pair(event.proposal, voter), in: state)
            try voters.update(voter, in: state) { record in
                record?.proposals.removeAll { $0 == event.proposal }
                if record?.proposals.isEmpty == true { record = nil }
            }
            try forgetIfUntracked(voter, in: state)
        }
    }

    /// Forgets the sums of votes on a proposal; O(validators).
    func dropTallies(of number: UInt64, in state: StateWriter) throws(ModuleError) {
        var validators: [Address] = []
        try tallies.forEach(startingWith: number, in: state) { (key, _) throws(ModuleError) in
            validators.append(key.second)
            return true
        }
        for validator in validators { try tallies.remove(Pair(number, validator), in: state) }
    }

    /// Everything that a tracked delegator has staked.
    func allStakes(of delegator: Address, in state: some StateReading) throws(ModuleError)
        -> [(validator: Address, shares: Decimal18)]
    {
        var found: [(Address, Decimal18)] = []
        try stakes.forEach(startingWith: delegator, in: state) { (key, shares) throws(ModuleError) in
            found.append((key.second, shares.value))
            return true
        }
        return found
    }

    /// Changes what a delegator counts for at a validator: in its discount, and in all votes that are under way.
    private func recount(
        _ delegator: Address,
        at validator: Address,
        from old: CountedShares,
        to new: CountedShares,
        in state: StateWriter
    ) throws(ModuleError) {
        let (oldCounting, newCounting) = (try old.counting, try new.counting)
        let (oldDiscount, newDiscount) = (try old.discount, try new.discount)
        if oldDiscount != newDiscount {
            try discounts.update(validator, in: state) { (discount) throws(ModuleError) in
                let sum = try (discount?.value ?? .zero).subtracting(oldDiscount).adding(newDiscount)
                discount = sum.isZero ? nil : Shares(sum)
            }
        }
        guard oldCounting != newCounting, let voter = try voters.value(for: delegator, in: state) else { return }
        for number in voter.proposals {
            guard try proposals.value(for: number, in: state)?.status == .votingPeriod,
                let ballot = try ballots.value(for: Pair(number, delegator), in: state)
            else { continue }
            let vote = try WeightedVote(ballot.options)
            try changeTally(number, of: validator, in: state) { (tally) throws(ModuleError) in
                try tally.remove(oldCounting, vote)
                try tally.add(newCounting, vote)
            }
        }
    }

    private func changeTally(
        _ number: UInt64,
        of validator: Address,
        in state: StateWriter,
        _ change: (inout ValidatorTally) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        try tallies.update(Pair(number, validator), in: state) { (tally) throws(ModuleError) in
            var changed = tally ?? ValidatorTally()
            try change(&changed)
            tally = changed.isZero ? nil : changed
        }
    }

    private func forgetIfUntracked(_ delegator: Address, in state: StateWriter) throws(ModuleError) {
        guard try !isTracked(delegator, in: state) else { return }
        for (validator, _) in try allStakes(of: delegator, in: state) {
            try stakes.remove(Pair(delegator, validator), in: state)
        }
    }
}

/// Shares, and how much of them counts.
struct CountedShares {
    let shares: Decimal18
    let multiplier: Decimal18

    init(_ shares: Decimal18, _ multiplier: Decimal18) {
        self.shares = shares
        self.multiplier = multiplier
    }

    /// What counts, rounded down.
    var counting: Decimal18 {
        get throws(ModuleError) {
            multiplier == .one ? shares : try shares.multiplied(by: multiplier, rounding: .floor)
        }
    }

    /// What does not count.
    var discount: Decimal18 {
        get throws(ModuleError) { try shares.subtracting(try counting) }
    }
}
