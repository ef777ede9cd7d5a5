import GovernanceEvents
public import ModuleKit

extension Governance {
    /// What must always hold; `O(n)` in everything that is kept.
    ///
    /// What is held is the sum of deposits; the sums of votes are what votes, stakes and multipliers come to; stakes are
    /// kept of those alone for whom they count; the queues and lists are complete and bounded.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        guard try collections.rules.value(in: state) != nil else { return [] }
        return try depositViolations(state) + queueViolations(state) + voterViolations(state) + sumViolations(state)
    }

    private func depositViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var sums: [UInt64: Amount] = [:]
        var held = Amount.zero
        try collections.deposits.forEach(in: state) { (key, deposit) throws(ModuleError) in
            sums[key.first] = try (sums[key.first] ?? .zero).adding(deposit.amount)
            held = try held.adding(deposit.amount)
            return true
        }
        var violations: [InvariantViolation] = []
        let total = try collections.currentTotals(state).held
        if held != total {
            violations.append(InvariantViolation("held-equals-deposits", "\(total), deposits \(held)"))
        }
        try collections.proposals.forEach(in: state) { (number, proposal) throws(ModuleError) in
            let sum = sums.removeValue(forKey: number) ?? .zero
            if sum.description != proposal.deposit {
                let detail = "proposal \(number): \(proposal.deposit), deposits \(sum)"
                violations.append(InvariantViolation("deposits-equal-sums", detail))
            }
            return true
        }
        if !sums.isEmpty {
            violations.append(InvariantViolation("deposits-have-proposals", "\(sums.count) proposals are missing"))
        }
        return violations
    }

    private func queueViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var (queued, found, boxes) = (0, 0, 0)
        try collections.proposals.forEach(in: state) { (number, proposal) throws(ModuleError) in
            let isFound: Bool? =
                switch proposal.status {
                case .depositPeriod: try collections.depositQueue.contains(proposal.depositEnd, number, in: state)
                case .waiting: try collections.waiting.contains(proposal.waitingSince, number, in: state)
                case .votingPeriod: try collections.votingQueue.contains(proposal.votingEnd, number, in: state)
                case .accepted: try collections.accepted.contains(number, in: state)
                default: nil
                }
            if let isFound {
                queued += 1
                if !isFound { violations.append(InvariantViolation("queues-complete", "proposal \(number)")) }
            }
            let isClearing = try collections.clearing.contains(number, in: state)
            if proposal.status == .votingPeriod || (isClearing && proposal.hasBallotBox) { boxes += 1 }
            return true
        }
        for queue in [collections.depositQueue, collections.waiting, collections.votingQueue] {
            try queue.forEach(in: state) { (_, _) in
                found += 1
                return true
            }
        }
        try collections.accepted.forEach(in: state) { (_, _) in
            found += 1
            return true
        }
        if found != queued {
            violations.append(InvariantViolation("queues-complete", "\(found) places for \(queued) proposals"))
        }
        let totals = try collections.currentTotals(state)
        if boxes != Int(totals.ballotBoxes) || boxes > Int(GovernanceRules.maxVotingLimit) {
            violations.append(
                InvariantViolation("ballot-boxes-counted", "\(totals.ballotBoxes), and there are \(boxes)")
            )
        }
        return violations
    }

    private func voterViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var (ballots, listed) = (0, 0)
        try collections.ballots.forEach(in: state) { (key, _) throws(ModuleError) in
            ballots += 1
            if try collections.voters.value(for: key.second, in: state)?.proposals.contains(key.first) != true {
                violations.append(InvariantViolation("votes-listed", "\(key.second) on \(key.first)"))
            }
            return true
        }
        try collections.voters.forEach(in: state) { (_, voter) in
            listed += voter.proposals.count
            return true
        }
        if ballots != listed {
            violations.append(InvariantViolation("votes-listed", "\(listed), votes \(ballots)"))
        }
        try collections.stakes.forEach(in: state) { (key, _) throws(ModuleError) in
            if try !collections.isTracked(key.first, in: state) {
                violations.append(InvariantViolation("stakes-count", "\(key.first) at \(key.second)"))
            }
            return true
        }
        let weights = try collections.weights.entries(in: state, limit: Self.weightsMax + 1).count
        if weights > Self.weightsMax {
            violations.append(InvariantViolation("multipliers-bounded", "over \(Self.weightsMax)"))
        }
        return violations
    }

    private func sumViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var tallies: [Pair<UInt64, Address>: ValidatorTally] = [:]
        var discounts: [Address: Decimal18] = [:]
        try collections.stakes.forEach(in: state) { (key, shares) throws(ModuleError) in
            let counted = CountedShares(shares.value, try collections.multiplier(of: key.first, in: state))
            discounts[key.second] = try (discounts[key.second] ?? .zero).adding(try counted.discount)
            for number in try collections.voters.value(for: key.first, in: state)?.proposals ?? [] {
                guard let ballot = try collections.ballots.value(for: Pair(number, key.first), in: state) else {
                    continue
                }
                let vote = try WeightedVote(ballot.options)
                try tallies[Pair(number, key.second), default: ValidatorTally()].add(try counted.counting, vote)
            }
            return true
        }
        var violations: [InvariantViolation] = []
        try collections.tallies.forEach(in: state) { (key, tally) throws(ModuleError) in
            let counted = tallies.removeValue(forKey: key) ?? ValidatorTally()
            let isOpen = try collections.proposals.value(for: key.first, in: state)?.status == .votingPeriod
            if isOpen, counted != tally {
                violations.append(InvariantViolation("sums-equal-votes", "proposal \(key.first) at \(key.second)"))
            }
            return true
        }
        for (key, tally) in tallies where !tally.isZero {
            guard try collections.proposals.value(for: key.first, in: state)?.status == .votingPeriod else { continue }
            violations.append(InvariantViolation("sums-equal-votes", "proposal \(key.first) at \(key.second): none"))
        }
        try collections.discounts.forEach(in: state) { (validator, discount) in
            if discounts.removeValue(forKey: validator) != discount.value {
                violations.append(InvariantViolation("discounts-equal-multipliers", "\(validator)"))
            }
            return true
        }
        if discounts.contains(where: { !$0.value.isZero }) {
            violations.append(InvariantViolation("discounts-equal-multipliers", "some are missing"))
        }
        return violations.sorted { ($0.name, $0.detail) < ($1.name, $1.detail) }
    }
}
