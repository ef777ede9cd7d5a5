import GovernanceEvents
import ModuleKit

extension GovernanceState {
    /// Projects one event onto the state.
    func apply(_ event: GovernanceEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .parametersSet(let event): try rules.set(try GovernanceRules(event.parameters), in: state)
        case .proposalSubmitted(let event): try apply(event, to: state)
        case .deposited(let event):
            try hold(try Amount(event.amount.amount), of: event.depositor, on: event.proposal, in: state)
        case .votingQueued(let event): try apply(event, to: state)
        case .votingStarted(let event): try apply(event, to: state)
        case .stakesCounted(let event): try apply(event, to: state)
        case .stakeChanged(let event): try apply(event, to: state)
        case .voted(let event): try apply(event, to: state)
        case .depositPeriodEnded(let event):
            try end(event.proposal, .expired, burning: event.burnedPart, in: state)
        case .proposalCancelled(let event):
            try end(event.proposal, .cancelled, burning: event.burnedPart, in: state)
        case .votingEnded(let event): try apply(event, to: state)
        case .executionBegan(let event):
            let mark = GovernanceExecution.with {
                $0.proposal = event.proposal
                $0.height = event.height
            }
            try execution.set(mark, in: state)
        case .executed(let event): try finish(event.proposal, nil, in: state)
        case .executionFailed(let event): try finish(event.proposal, event.failure, in: state)
        case .depositSettled(let event): try apply(event, to: state)
        case .settlementFailed(let event):
            let key = Pair(event.proposal, try Address(bech32: event.depositor))
            try deposits.update(key, in: state) { $0?.isLeft = true }
        case .ballotsDropped(let event): try apply(event, to: state)
        case .proposalCleared(let event): try apply(event, to: state)
        case .weightSet(let event): try apply(event, to: state)
        case .numberingSet(let event): try changeTotals(in: state) { $0.nextProposal = event.nextProposal }
        case .proposalImported(let event): try insert(event.proposal, in: state)
        case .depositImported(let event):
            try hold(try Amount(event.amount), of: event.depositor, on: event.proposal, in: state)
        case .depositsFunded: return
        case nil: throw Self.doesNotFit("nothing")
        }
    }

    /// Changes the running numbers.
    func changeTotals(in state: StateWriter, _ change: (inout RunningTotals) throws(ModuleError) -> Void)
        throws(ModuleError)
    {
        try totals.update(in: state) { (totals) throws(ModuleError) in
            var changed = totals ?? RunningTotals()
            try change(&changed)
            totals = changed
        }
    }

    /// Changes a proposal, and moves it to the queue that its new status says.
    func change(
        _ number: UInt64,
        in state: StateWriter,
        _ change: (inout GovernanceProposal) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        let old = try proposals.value(for: number, in: state)
        guard var new = old else { throw Self.doesNotFit("proposal \(number), which does not exist") }
        try change(&new)
        try proposals.set(new, for: number, in: state)
        try enqueue(number, from: old, to: new, in: state)
    }

    /// Keeps the queues in step with a proposal's status.
    func enqueue(
        _ number: UInt64,
        from old: GovernanceProposal?,
        to new: GovernanceProposal?,
        in state: StateWriter
    ) throws(ModuleError) {
        guard old?.status != new?.status else { return }
        func key(_ proposal: GovernanceProposal?, _ status: GovernanceProposalStatus, _ time: Timestamp?) -> Timestamp?
        {
            proposal?.status == status ? time : nil
        }
        try depositQueue.move(
            number,
            from: key(old, .depositPeriod, old?.depositEnd),
            to: key(new, .depositPeriod, new?.depositEnd),
            in: state
        )
        try waiting.move(
            number,
            from: key(old, .waiting, old?.waitingSince),
            to: key(new, .waiting, new?.waitingSince),
            in: state
        )
        try votingQueue.move(
            number,
            from: key(old, .votingPeriod, old?.votingEnd),
            to: key(new, .votingPeriod, new?.votingEnd),
            in: state
        )
        if new?.status == .accepted { try accepted.set(Unit(), for: number, in: state) }
        if old?.status == .accepted { try accepted.remove(number, in: state) }
    }

    static func doesNotFit(_ what: String) -> ModuleError {
        ModuleError(
            .inconsistentGovernanceEvent,
            "an event of governance says \(what), which does not fit the state: the log is damaged"
        )
    }
}

extension StateItem {
    /// Changes the value; a closure that leaves nil removes it.
    fileprivate func update(in state: StateWriter, _ change: (inout Value?) throws(ModuleError) -> Void)
        throws(ModuleError)
    {
        var value = try value(in: state)
        try change(&value)
        if let value { try set(value, in: state) } else { try remove(in: state) }
    }
}
