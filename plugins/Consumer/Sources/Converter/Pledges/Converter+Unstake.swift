import ControlChannel
import ConverterEvents
import ModuleKit

extension Converter {
    /// Takes from a pledge, whatever the validator's state or the price. Virtual staking lets go of its part at once.
    ///
    /// - Throws: `wrongPledgeDenomination`, `pledgeAmountNotAllowed`, `validatorNotBondable`, `pledgeTooSmall`; what
    ///   virtual staking throws that can't let go.
    func receive(_ packet: UnstakePacket, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        let amount = try amount(of: packet.unstake, settings)
        guard !amount.isZero else {
            throw ModuleError(.pledgeAmountNotAllowed, "nothing can't be unstaked: unstake an amount above zero")
        }
        let validator = try validator(named: packet.validator, context)
        let pledge = try pledges.value(for: Pair(validator, packet.delegator), in: context) ?? .zero
        let all = try pledged.value(for: validator, in: context) ?? .zero
        guard min(pledge, all) >= amount else {
            throw ModuleError(
                .pledgeTooSmall,
                "\(min(pledge, all))\(settings.remoteDenom) of this delegator are pledged to "
                    + "\(context.addresses.format(validator, as: .validatorOperator)): unstake at most that"
            )
        }
        var reduction = try reduction(of: validator, by: amount, delegator: packet.delegator, settings, context)
        reduction.transaction = packet.transaction
        try context.emit(.with { $0.unstaked = reduction })
    }

    /// What becomes of a validator's pledge when so much of a delegator's goes.
    ///
    /// After burns that named nobody, the records of delegators add up to more than the validator's pledge. What goes
    /// beyond the pledge comes out of that difference.
    ///
    /// - Parameters:
    ///   - amount: at most the delegator's record, or the validator's pledge where there is no delegator.
    ///   - delegator: empty when nobody is named.
    func reduction(
        of validator: Address,
        by amount: Amount,
        delegator: String,
        _ settings: ConverterSettings,
        _ context: Context
    ) throws(ModuleError) -> ConverterPledgeReduced {
        let before = try pledged.value(for: validator, in: context) ?? .zero
        let virtualStaking = virtualStaking(settings, context)?.number ?? 0
        return .with {
            $0.validator = context.addresses.format(validator, as: .validatorOperator)
            $0.delegator = delegator
            $0.amount = min(amount, before).description
            $0.pledgedBefore = before.description
            $0.delegatorAmount = (delegator.isEmpty ? .zero : amount).description
            $0.virtualStaking = virtualStaking
        }
    }
}
