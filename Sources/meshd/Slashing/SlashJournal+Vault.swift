import LocalStakingEvents
import ModuleKit
import ModuleRuntime
import VaultEvents

/// What a vault makes of a payment, and what other holders of liens lose by it.
extension SlashJournal {
    /// An account of a vault.
    struct DebtKey: Hashable {
        let vault: UInt32
        let owner: String
    }

    /// What was slashed of an account, and was neither destroyed nor paid yet.
    struct Debt {
        /// The payment; nil for one that is not shown.
        let payment: UInt64?
        var amount: Amount
        var bounty: Amount
        let beneficiary: String
    }

    mutating func take(_ event: VaultEvent, _ envelope: EventEnvelope) throws(ModuleError) {
        switch event.event {
        case .slashed(let event):
            let payment = envelope.cause.flatMap { payments[$0] == nil ? nil : $0 }
            let amount = try Amount(event.amount)
            if let payment {
                let vault = label(of: envelope.instance)
                payments[payment]?.vault = vault
                payments[payment]?.lost = amount
                payments[payment]?.excess = try Amount(event.excess)
            }
            guard isRemote(event.holder), !amount.isZero else { return }
            let bounty = event.hasBounty ? try Amount(event.bounty.amount) : .zero
            let beneficiary = event.hasBounty ? payment.flatMap { payments[$0]?.bounty?.beneficiary } ?? "" : ""
            debts[DebtKey(vault: envelope.instance, owner: event.owner), default: []].append(
                Debt(payment: payment, amount: amount, bounty: bounty, beneficiary: beneficiary)
            )
        case .lienCut(let event):
            guard let payment = envelope.cause, let index = payments[payment]?.cuts.count else { return }
            let cut = SlashPayment.Cut(holder: label(of: event.holder), amount: try Amount(event.amount))
            payments[payment]?.cuts.append(cut)
            cuts[envelope.sequence] = (payment, index)
        case .collateralBurned(let event):
            let amount = try Amount(event.amount.amount)
            spend(amount, of: DebtKey(vault: envelope.instance, owner: event.owner))
        case .bountyPaid(let event):
            let amount = try Amount(event.amount.amount)
            reward(amount, event.beneficiary, of: DebtKey(vault: envelope.instance, owner: event.owner), isPaid: true)
        case .bountyForfeited(let event):
            let amount = try Amount(event.amount)
            reward(amount, event.beneficiary, of: DebtKey(vault: envelope.instance, owner: event.owner), isPaid: false)
        default: return
        }
    }

    /// A local holder takes the cut off what is staked, unbonding and returned.
    mutating func take(_ event: LocalStakingEvent, _ envelope: EventEnvelope) throws(ModuleError) {
        guard case .stakeCut(let event) = event.event, let cut = envelope.cause.flatMap({ cuts[$0] }) else { return }
        for part in event.parts {
            let amount = try Amount(part.staked)
                .saturatingAdding(try Amount(part.returned))
                .saturatingAdding(try Amount(part.unbonding))
            payments[cut.payment]?.cuts[cut.index].parts.append((part.validator, amount))
        }
    }

    /// Destroys coins, for the oldest slashes first; what is promised of them is not destroyed.
    private mutating func spend(_ amount: Amount, of key: DebtKey) {
        var (left, open) = (amount, debts[key] ?? [])
        for index in open.indices {
            let part = min(left, open[index].amount.saturatingSubtracting(open[index].bounty))
            left = left.saturatingSubtracting(part)
            open[index].amount = open[index].amount.saturatingSubtracting(part)
            guard let payment = open[index].payment, let destroyed = payments[payment]?.destroyed else { continue }
            payments[payment]?.destroyed = destroyed.saturatingAdding(part)
        }
        keep(open, of: key)
    }

    /// Pays what is promised to somebody, or gives it up, the oldest first.
    private mutating func reward(_ amount: Amount, _ beneficiary: String, of key: DebtKey, isPaid: Bool) {
        var (left, open) = (amount, debts[key] ?? [])
        for index in open.indices where open[index].beneficiary == beneficiary || open[index].payment == nil {
            let part = min(left, open[index].bounty)
            left = left.saturatingSubtracting(part)
            open[index].bounty = open[index].bounty.saturatingSubtracting(part)
            if isPaid { open[index].amount = open[index].amount.saturatingSubtracting(part) }
            guard let number = open[index].payment, let payment = payments[number] else { continue }
            if isPaid {
                payments[number]?.bountyPaid = payment.bountyPaid.saturatingAdding(part)
            } else {
                payments[number]?.bountyForfeited = payment.bountyForfeited.saturatingAdding(part)
            }
        }
        keep(open, of: key)
    }

    private mutating func keep(_ open: [Debt], of key: DebtKey) {
        let rest = open.filter { !$0.amount.isZero }
        debts[key] = rest.isEmpty ? nil : rest
    }
}
