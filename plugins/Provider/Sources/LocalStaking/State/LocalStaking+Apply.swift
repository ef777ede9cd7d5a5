public import LocalStakingEvents
public import ModuleKit

extension LocalStaking {
    /// Projects an event: one read and one write of an account.
    public func apply(_ event: LocalStakingEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .vaultBound(let event): try binding.set(event.binding, in: state)
        case .lienTaken(let event): try apply(event, to: state)
        case .restakeOrdered(let event): try open(.restake, event.owner, event.source, state)
        case .restaked(let event): try apply(event, to: state)
        case .unstakeOrdered(let event): try open(.unstake, event.owner, event.validator, state)
        case .unbondingStarted(let event): try apply(event, to: state)
        case .coinsReturned(let event): try apply(event, to: state)
        case .released(let event):
            try change(event.owner, state) { (account) throws(ModuleError) in try account.release() }
        case .stakeCut(let event): try apply(event, to: state)
        case .forfeitRecalled(let event): try open(.recall, event.owner, event.validator, state)
        case .forfeitUnstaked(let event): try open(.recall, event.owner, event.validator, state)
        case .stakeLost(let event):
            let loss = try StakeAccount.Loss(event)
            try change(event.owner, state) { (account) throws(ModuleError) in try account.lose(loss) }
        case .recountStarted(let event): try recounts.set(event.is, for: event.recount, in: state)
        case .recountContinued(let event): try apply(event, to: state)
        case .accountImported(let event):
            let imported = try StakeAccount(event.account)
            try change(event.owner, state) { (account) throws(ModuleError) in account = imported }
        case .recallsPaused(let event):
            if event.hasNext { try recallPlace.set(event.next, in: state) } else { try recallPlace.remove(in: state) }
        // Governance keeps the vote, by the sub-account.
        case .voted: return
        case .rewardsOrdered(let event): try open(.withdrawal, event.owner, event.validator, state)
        case .rewardsPaid: try openOrder.remove(in: state)
        case nil: throw Self.inconsistent("an event says nothing")
        }
    }

    private func apply(_ event: LocalStakingLienTaken, to state: StateWriter) throws(ModuleError) {
        try change(event.owner, state) { (account) throws(ModuleError) in
            try account.stake(try Amount(event.amount.amount), at: try Address(bech32: event.validator))
        }
    }

    private func apply(_ event: LocalStakingRestaked, to state: StateWriter) throws(ModuleError) {
        try change(event.owner, state) { (account) throws(ModuleError) in
            try account.restake(
                try Amount(event.amount),
                from: try Address(bech32: event.source),
                to: try Address(bech32: event.destination)
            )
        }
        try openOrder.remove(in: state)
    }

    private func apply(_ event: LocalStakingUnbondingStarted, to state: StateWriter) throws(ModuleError) {
        try change(event.owner, state) { (account) throws(ModuleError) in
            try account.unbond(
                try Amount(event.amount),
                from: try Address(bech32: event.validator),
                isForfeit: event.isForfeit
            )
        }
        try openOrder.remove(in: state)
    }

    private func apply(_ event: LocalStakingCoinsReturned, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let amount = try Amount(event.amount)
        let forfeit = event.hasPayment ? try Amount(event.payment.amount.amount) : .zero
        try change(event.owner, state) { (account) throws(ModuleError) in
            switch event.source {
            case .unbonding: try account.receiveUnbonding(amount, from: validator, forfeit: forfeit)
            case .staked: try account.receiveStaked(amount, from: validator)
            case .leaving: try account.receiveLeaving(amount, from: validator)
            case .unspecified, .UNRECOGNIZED: throw Self.inconsistent("coins came back from nowhere")
            }
        }
        if event.source != .unbonding { try openOrder.remove(in: state) }
    }

    private func apply(_ event: LocalStakingStakeCut, to state: StateWriter) throws(ModuleError) {
        try change(event.owner, state) { (account) throws(ModuleError) in
            for part in event.parts { try account.cut(try StakeAccount.CutPart(part)) }
        }
    }

    private func apply(_ event: LocalStakingRecountContinued, to state: StateWriter) throws(ModuleError) {
        guard var recount = try recounts.value(for: event.recount, in: state) else {
            throw Self.inconsistent("a recount goes on that never began")
        }
        guard !event.next.isEmpty else { return try recounts.remove(event.recount, in: state) }
        recount.next = event.next
        try recounts.set(recount, for: event.recount, in: state)
    }

    private func open(
        _ purpose: LocalStakingOrderPurpose,
        _ owner: String,
        _ validator: String,
        _ state: StateWriter
    ) throws(ModuleError) {
        let order = LocalStakingOpenOrder.with {
            $0.owner = owner
            $0.validator = validator
            $0.purpose = purpose
        }
        try openOrder.set(order, in: state)
    }

    static func inconsistent(_ what: String) -> ModuleError {
        ModuleError(.inconsistentLocalStakingEvent, "\(what): the log is damaged, or of another version")
    }
}
