import LocalStakingEvents
import ModuleKit
import RewardsEvents

/// What stake of users has earned. It is paid to the instance, and goes on to the user in the same moment.
extension LocalStaking {
    /// Pays the owner what his stake with a validator has earned, also after the stake has left.
    ///
    /// - Throws: `nothingToWithdraw` where less than one unit is due; `noRewards`; what the bank throws for an owner who may
    ///   not receive coins.
    func withdrawRewards(_ request: LocalStakingWithdrawRewards, of owner: Address, _ context: Context)
        throws(ModuleError)
    {
        let validator = try context.addresses.parse(request.validator, as: .validatorOperator)
        try context.emit(
            .with {
                $0.rewardsOrdered.owner = context.addresses.format(owner, as: .account)
                $0.rewardsOrdered.validator = context.addresses.format(validator, as: .validatorOperator)
            }
        )
        guard try openOrder.value(in: context) == nil else {
            throw ModuleError(
                .noRewards,
                "nobody has answered the order: this chain's module set has to have rewards for stake to earn any"
            )
        }
    }

    /// Rewards have answered an order, and the coins are here.
    func take(_ withdrawal: RewardsWithdrawn, _ context: Context) throws(ModuleError) {
        guard withdrawal.instanceNumber == context.identity.number else { return }
        let owner = try Address(bech32: withdrawal.owner)
        try requireOrder([.withdrawal], of: owner, at: try Address(bech32: withdrawal.validator), context)
        guard !withdrawal.coins.isEmpty else {
            throw ModuleError(.nothingToWithdraw, "less than one unit is due: wait until there is more")
        }
        try context.emit(
            .with {
                $0.rewardsPaid.owner = withdrawal.owner
                $0.rewardsPaid.validator = withdrawal.validator
                $0.rewardsPaid.coins = withdrawal.coins
                $0.rewardsPaid.account = withdrawal.recipient
            }
        )
    }
}
