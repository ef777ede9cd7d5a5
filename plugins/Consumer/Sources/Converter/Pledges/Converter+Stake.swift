import ControlChannel
import ConverterEvents
import ModuleKit
import StakingEvents
import VirtualStakingEvents

extension Converter {
    /// Adds to a pledge, if virtual stake may follow from it.
    ///
    /// A validator that is jailed or tombstoned takes no pledge. One that is merely not in the active set does: its
    /// pledge waits, as that of a validator which leaves the set later.
    ///
    /// - Throws: `wrongPledgeDenomination`, `pledgeAmountNotAllowed`, `pairIncomplete`, `notAuthorised`,
    ///   `priceUnusable`, `validatorNotBondable`.
    func receive(_ packet: StakePacket, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        let amount = try amount(of: packet.stake, settings)
        guard !amount.isZero else {
            throw ModuleError(.pledgeAmountNotAllowed, "nothing can't be staked: stake an amount above zero")
        }
        let virtualStaking = try requireAuthorisation(settings, context)
        guard try price.value(in: context)?.isFresh == true else {
            throw ModuleError(
                .priceUnusable,
                "there is no fresh price of \(settings.remoteDenom): stake again when the price feed has one"
            )
        }
        let validator = try validator(named: packet.validator, context)
        try requireBondable(validator, context)
        let pledge = try pledged.value(for: validator, in: context) ?? .zero
        guard try Amount.max.subtracting(pledge) >= amount else {
            throw ModuleError(.pledgeAmountNotAllowed, "more can't be counted at this validator: stake less")
        }
        try context.emit(
            .with {
                $0.staked.validator = context.addresses.format(validator, as: .validatorOperator)
                $0.staked.delegator = packet.delegator
                $0.staked.amount = amount.description
                $0.staked.transaction = packet.transaction
                $0.staked.virtualStaking = virtualStaking
            }
        )
    }

    /// The number of the virtual staking that may bond for this converter.
    private func requireAuthorisation(_ settings: ConverterSettings, _ context: Context) throws(ModuleError) -> UInt32 {
        let (instance, authorisation) = try requireVirtualStaking(settings, context)
        guard authorisation.isAuthorised, try Amount(authorisation.cap) > .zero,
            try handingBack.value(in: context) == nil
        else {
            throw ModuleError(
                .notAuthorised,
                "not authorised: \(instance.label) has no live grant with a cap above zero; governance decides on it"
            )
        }
        return instance.number
    }

    private func requireBondable(_ validator: Address, _ context: Context) throws(ModuleError) {
        let name = { context.addresses.format(validator, as: .validatorOperator) }
        guard let found = try self.validator(validator, context) else {
            throw ModuleError(.validatorNotBondable, "there is no validator \(name()): choose another one")
        }
        guard !found.stake.isJailed, !found.stake.isTombstoned else {
            throw ModuleError(
                .validatorNotBondable,
                "\(name()) is \(found.stake.isTombstoned ? "tombstoned" : "jailed"): choose another validator"
            )
        }
    }
}
