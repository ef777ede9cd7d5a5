import ExternalStakingEvents
import ModuleKit

/// What is recorded of infractions, and of who has paid.
extension ExternalStaking {
    func apply(_ event: ExternalStakingInfractionRecorded, to state: StateWriter) throws(ModuleError) {
        let infraction = try Infraction(event.infraction)
        try change(event.validator, state) { (kept: inout Offender?) in
            var offender = kept ?? Offender(tombstonedAt: infraction.recordedAt)
            offender.record(infraction, replacing: event.replaced == 0 ? nil : event.replaced)
            kept = offender
        }
        try infractionCount.set(infraction.number, in: state)
    }

    func apply(_ event: ExternalStakingLiabilitySettled, to state: StateWriter) throws(ModuleError) {
        let amount = try Amount(event.amount)
        try change(event.stake, in: state) { stake in
            stake.pay(amount)
            stake.unpledging = .zero
        }
        try change(event.stake.validator, state) { (offender: inout Offender?) in
            offender?.note(amount, for: event.infraction)
        }
        try setDue(event.stake, to: nil, state)
    }

    func apply(_ event: ExternalStakingSettlementFailed, to state: StateWriter) throws(ModuleError) {
        let pending = try due(event.stake, state) ?? PendingSettlement()
        try setDue(event.stake, to: pending.failed(waitingUntil: Timestamp(nanoseconds: event.due)), state)
    }

    func apply(_ event: ExternalStakingSweepAdvanced, to state: StateWriter) throws(ModuleError) {
        let next = event.nextOwner.isEmpty ? nil : try Address(bech32: event.nextOwner)
        try change(event.validator, state) { (offender: inout Offender?) in offender?.advance(to: next) }
    }

    /// Puts a stake on the list of those that settle at the end of the block, where something is owed: stake that was in
    /// flight at an infraction has landed. One that waits because it has failed goes on waiting.
    func noteDue(_ stake: ExternalStakingStakeOwner, _ state: StateWriter) throws(ModuleError) {
        guard let offender = try offenders.value(for: stake.validator, in: state) else { return }
        let record = try self.stake(of: try Address(bech32: stake.owner), at: stake.validator, in: state)
        let due = try record.due(for: offender.infractions, try dating(state))
        guard !due.amount.isZero, try self.due(stake, state) == nil else { return }
        try setDue(stake, to: PendingSettlement(), state)
    }

    private func due(_ stake: ExternalStakingStakeOwner, _ state: StateWriter) throws(ModuleError) -> PendingSettlement?
    {
        try dues.value(for: Pair(stake.validator, try Address(bech32: stake.owner)), in: state)
    }

    /// Lists a stake among those that settle, or takes it off with nil.
    func setDue(_ stake: ExternalStakingStakeOwner, to pending: PendingSettlement?, _ state: StateWriter)
        throws(ModuleError)
    {
        let key = Pair(stake.validator, try Address(bech32: stake.owner))
        let former = try dues.value(for: key, in: state)
        guard former != pending else { return }
        if let pending { try dues.set(pending, for: key, in: state) } else { try dues.remove(key, in: state) }
        try duesByTime.move(key, from: former?.due, to: pending?.due, in: state)
        if (former == nil) != (pending == nil) { try countSettlement(pending != nil, state) }
    }

    /// Changes what is known of a guilty validator, and lists it as long as its stakers settle.
    func change(_ validator: String, _ state: StateWriter, _ body: (inout Offender?) -> Void) throws(ModuleError) {
        var (wasSweeping, isSweeping) = (false, false)
        try offenders.update(validator, in: state) { offender in
            wasSweeping = offender?.sweep != nil
            body(&offender)
            isSweeping = offender?.sweep != nil
        }
        guard wasSweeping != isSweeping else { return }
        if isSweeping {
            try sweeps.set(Unit(), for: validator, in: state)
        } else {
            try sweeps.remove(validator, in: state)
        }
        try countSettlement(isSweeping, state)
    }

    private func countSettlement(_ isMore: Bool, _ state: StateWriter) throws(ModuleError) {
        let count = try openSettlements.value(in: state) ?? 0
        if isMore {
            try openSettlements.set(count &+ 1, in: state)
        } else if count > 1 {
            try openSettlements.set(count - 1, in: state)
        } else {
            try openSettlements.remove(in: state)
        }
    }
}
