import GovernanceEvents
import ModuleKit

// What a block's time brings to its end. Each queue is worked off in its order; what is above the limit waits for the next
// block, and nobody gains time by it: deposits and votes are refused from the very time on.
extension Governance {
    /// How many deposit periods one block ends.
    static let depositPeriodsPerBlockMax = 100
    /// How many votes one block counts.
    static let countsPerBlockMax = 8

    /// Closes proposals that never got their deposit.
    func endDepositPeriods(_ context: Context) throws(ModuleError) {
        let due = try due(collections.depositQueue, limit: Self.depositPeriodsPerBlockMax, context)
        guard !due.isEmpty else { return }
        let burned: Decimal18 = try collections.currentRules(context).burnsUnpaidDeposits ? .one : .zero
        for number in due {
            try context.emit(
                .with {
                    $0.depositPeriodEnded.proposal = number
                    $0.depositPeriodEnded.burnedPart = burned.description
                }
            )
        }
    }

    /// Counts the votes whose time is over.
    func endVotes(_ context: Context) throws(ModuleError) {
        for number in try due(collections.votingQueue, limit: Self.countsPerBlockMax, context) {
            try endVote(on: number, context)
        }
    }

    /// Starts the votes that wait, the longest waiting first, as far as there is room.
    func startWaitingVotes(_ context: Context) throws(ModuleError) {
        var waiting: [UInt64] = []
        try collections.waiting.forEach(in: context) { (_, number) throws(ModuleError) in
            waiting.append(number)
            return waiting.count < Int(GovernanceRules.maxVotingLimit)
        }
        guard !waiting.isEmpty else { return }
        let rules = try collections.currentRules(context)
        for number in waiting {
            guard try collections.currentTotals(context).ballotBoxes < rules.maxVoting else { return }
            try startVote(on: number, rules, context)
        }
    }

    /// Starts the vote on a proposal that has its deposit, or lets it wait behind those that wait already.
    func enterVoting(_ number: UInt64, _ rules: GovernanceRules, _ context: Context) throws(ModuleError) {
        var isFirst = true
        try collections.waiting.forEach(in: context) { (_, _) throws(ModuleError) in
            isFirst = false
            return false
        }
        if isFirst, try collections.currentTotals(context).ballotBoxes < rules.maxVoting {
            try startVote(on: number, rules, context)
        } else {
            try context.emit(
                .with {
                    $0.votingQueued.proposal = number
                    $0.votingQueued.timeNanoseconds = context.block.time.nanoseconds
                }
            )
        }
    }

    private func startVote(on number: UInt64, _ rules: GovernanceRules, _ context: Context) throws(ModuleError) {
        let end = try context.block.time.adding(rules.votingPeriod)
        try context.emit(
            .with {
                $0.votingStarted = .with {
                    $0.proposal = number
                    $0.startTimeNanoseconds = context.block.time.nanoseconds
                    $0.endTimeNanoseconds = end.nanoseconds
                    $0.rules = rules.stored
                }
            }
        )
    }

    /// What is due by the block's time, the earliest first.
    private func due(_ queue: StateIndex<Timestamp, UInt64>, limit: Int, _ context: Context) throws(ModuleError)
        -> [UInt64]
    {
        let now = context.block.time
        var numbers: [UInt64] = []
        try queue.forEach(in: context) { (time, number) throws(ModuleError) in
            guard time <= now, numbers.count < limit else { return false }
            numbers.append(number)
            return true
        }
        return numbers
    }
}
