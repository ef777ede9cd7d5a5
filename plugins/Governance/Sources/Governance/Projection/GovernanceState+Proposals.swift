import GovernanceEvents
import ModuleKit

extension GovernanceState {
    func apply(_ event: GovernanceProposalSubmitted, to state: StateWriter) throws(ModuleError) {
        let (next, overflow) = event.proposal.addingReportingOverflow(1)
        guard !overflow else { throw Self.doesNotFit("the last number of all proposals") }
        try changeTotals(in: state) { $0.nextProposal = next }
        try insert(
            .with {
                $0.number = event.proposal
                $0.title = event.title
                $0.summary = event.summary
                $0.proposer = event.proposer
                $0.messages = event.messages
                $0.mayFailNow = event.mayFailNow
                $0.status = .depositPeriod
                $0.submitTimeNanoseconds = event.submitTimeNanoseconds
                $0.depositEndTimeNanoseconds = event.depositEndTimeNanoseconds
            },
            in: state
        )
    }

    /// Adds a proposal, without any deposit.
    func insert(_ proposal: GovernanceProposal, in state: StateWriter) throws(ModuleError) {
        guard try !proposals.contains(proposal.number, in: state) else {
            throw Self.doesNotFit("proposal \(proposal.number) for the second time")
        }
        var proposal = proposal
        proposal.deposit = Amount.zero.description
        try proposals.set(proposal, for: proposal.number, in: state)
        try enqueue(proposal.number, from: nil, to: proposal, in: state)
        if proposal.status == .votingPeriod { try openBallotBox(in: state) }
    }

    private func openBallotBox(in state: StateWriter) throws(ModuleError) {
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            guard totals.ballotBoxes < .max else { throw Self.doesNotFit("one vote too many") }
            totals.ballotBoxes += 1
        }
    }

    /// Adds to a deposit. That of a proposal which is decided, as an import has it, is to be settled.
    func hold(_ amount: Amount, of depositor: String, on number: UInt64, in state: StateWriter) throws(ModuleError) {
        let key = Pair(number, try Address(bech32: depositor))
        try deposits.update(key, in: state) { (deposit) throws(ModuleError) in
            deposit = HeldDeposit(amount: try (deposit?.amount ?? .zero).adding(amount))
        }
        try changeTotals(in: state) { (totals) throws(ModuleError) in totals.held = try totals.held.adding(amount) }
        try change(number, in: state) { (proposal) throws(ModuleError) in
            proposal.deposit = try Amount(proposal.deposit).adding(amount).description
        }
        guard let proposal = try proposals.value(for: number, in: state), !proposal.burnedPart.isEmpty,
            try !clearing.contains(number, in: state)
        else { return }
        try clearing.set(Unit(), for: number, in: state)
        if proposal.hasBallotBox { try openBallotBox(in: state) }
    }

    func apply(_ event: GovernanceVotingQueued, to state: StateWriter) throws(ModuleError) {
        try change(event.proposal, in: state) { proposal in
            proposal.status = .waiting
            proposal.waitingSinceNanoseconds = event.timeNanoseconds
        }
    }

    func apply(_ event: GovernanceVotingStarted, to state: StateWriter) throws(ModuleError) {
        try change(event.proposal, in: state) { proposal in
            proposal.status = .votingPeriod
            proposal.votingStartTimeNanoseconds = event.startTimeNanoseconds
            proposal.votingEndTimeNanoseconds = event.endTimeNanoseconds
            proposal.rules = event.rules
        }
        try openBallotBox(in: state)
    }

    func apply(_ event: GovernanceVotingEnded, to state: StateWriter) throws(ModuleError) {
        try change(event.proposal, in: state) { proposal in
            proposal.status = event.result.outcome == .accepted ? .accepted : .rejected
            proposal.burnedPart = event.burnedPart
            if event.hasResult { proposal.result = event.result }
            if event.hasFailure { proposal.failure = event.failure }
        }
        try clearing.set(Unit(), for: event.proposal, in: state)
    }

    /// Ends a proposal before its votes are counted.
    func end(
        _ number: UInt64,
        _ status: GovernanceProposalStatus,
        burning part: String,
        in state: StateWriter
    ) throws(ModuleError) {
        try change(number, in: state) { proposal in
            proposal.status = status
            proposal.burnedPart = part
        }
        try clearing.set(Unit(), for: number, in: state)
    }

    /// Ends an accepted proposal.
    func finish(_ number: UInt64, _ failure: GovernanceFailure?, in state: StateWriter) throws(ModuleError) {
        try change(number, in: state) { proposal in
            proposal.status = failure == nil ? .passed : .failed
            if let failure { proposal.failure = failure }
        }
        if try execution.value(in: state)?.proposal == number { try execution.remove(in: state) }
    }

    func apply(_ event: GovernanceDepositSettled, to state: StateWriter) throws(ModuleError) {
        let settled = try Amount(event.returned.amount).adding(try Amount(event.burned.amount))
        try deposits.remove(Pair(event.proposal, try Address(bech32: event.depositor)), in: state)
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            totals.held = try totals.held.subtracting(settled)
        }
        try change(event.proposal, in: state) { (proposal) throws(ModuleError) in
            proposal.deposit = try Amount(proposal.deposit).subtracting(settled).description
        }
        if try !clearing.contains(event.proposal, in: state) { try forgetIfUndecided(event.proposal, in: state) }
    }

    func apply(_ event: GovernanceProposalCleared, to state: StateWriter) throws(ModuleError) {
        try clearing.remove(event.proposal, in: state)
        try dropTallies(of: event.proposal, in: state)
        if try proposals.value(for: event.proposal, in: state)?.hasBallotBox == true {
            try changeTotals(in: state) { (totals) throws(ModuleError) in
                guard totals.ballotBoxes > 0 else { throw Self.doesNotFit("the end of a vote that never began") }
                totals.ballotBoxes -= 1
            }
        }
        try forgetIfUndecided(event.proposal, in: state)
    }

    /// Forgets a proposal that was never voted on to its end, once nothing is held of it, as the Cosmos SDK does.
    private func forgetIfUndecided(_ number: UInt64, in state: StateWriter) throws(ModuleError) {
        guard let proposal = try proposals.value(for: number, in: state),
            [.expired, .cancelled].contains(proposal.status), try Amount(proposal.deposit).isZero
        else { return }
        try proposals.remove(number, in: state)
    }
}
