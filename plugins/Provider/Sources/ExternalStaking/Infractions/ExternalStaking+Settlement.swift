import ExternalStakingEvents
import ModuleKit
import VaultEvents

/// How a user pays what he owes.
extension ExternalStaking {
    /// Settles all stakes of a user on validators that were proven guilty: at most `recordsMax`.
    ///
    /// - Throws: what stands in the way of one of them, such as a lack of work. They are settled at the ends of blocks, too.
    func settleLiabilities(of owner: Address, _ context: Context) throws(ModuleError) {
        for (validator, stake) in try stakes(of: owner, in: context) where stake.isTombstoned {
            try settle(owner, at: validator, context)
        }
    }

    /// Takes what one user owes for a validator, and orders the burn of what is pledged for it. The vault slashes the
    /// collateral, and whatever follows from that happens at once.
    ///
    /// It takes what is owed now, so doing it again takes nothing. For each user and validator there is one event here, and
    /// a burn; at the vault, one for every lien of the user, and what its holder makes of it.
    ///
    /// - Throws: a lack of work.
    func settle(_ owner: Address, at validator: String, _ context: Context) throws(ModuleError) {
        guard let offender = try offenders.value(for: validator, in: context) else { return }
        let stake = try stake(of: owner, at: validator, in: context)
        let due = try stake.due(for: offender.infractions, try dating(context))
        let isListed = try dues.contains(Pair(validator, owner), in: context)
        guard !due.amount.isZero || !stake.unpledging.isZero || isListed else { return }
        let bounty = try bounty(on: due, offender, context)
        let vault = try requirePairing(context).vault
        let record = ExternalStakingStakeOwner.of(context.addresses.format(owner, as: .account), validator)
        try context.emit(
            .with {
                $0.liabilitySettled.vault = vault
                $0.liabilitySettled.stake = record
                $0.liabilitySettled.infraction = due.infraction
                $0.liabilitySettled.amount = due.amount.description
                $0.liabilitySettled.burn = stake.unpledging.description
                $0.liabilitySettled.bounty = bounty.amount.description
                $0.liabilitySettled.beneficiary = bounty.beneficiary
                $0.liabilitySettled.time = context.block.time.nanoseconds
            }
        )
        try order(stake.unpledging, record, context)
    }

    /// What whoever brought the evidence gets of what is owed.
    private func bounty(on due: Stake.Due, _ offender: Offender, _ context: Context) throws(ModuleError)
        -> (amount: Amount, beneficiary: String)
    {
        let share = try Decimal18(try requireSettings(context).bounty)
        guard let infraction = offender.infractions.first(where: { $0.number == due.infraction }),
            !infraction.submitter.isEmpty
        else { return (.zero, "") }
        let amount = try due.amount.multiplied(by: share, rounding: .floor)
        return amount.isZero ? (.zero, "") : (amount, infraction.submitter)
    }
}
