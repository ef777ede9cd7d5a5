import LocalStakingEvents
import ModuleKit
import StakingEvents

/// What users do with their stake.
extension LocalStaking {
    /// Moves stake to another validator, by the rules of redelegation.
    ///
    /// - Throws: `wrongStake`, `stakeTooSmall`, `tooManyValidators`; what native staking throws.
    func restake(_ request: LocalStakingRestake, of owner: Address, _ context: Context) throws(ModuleError) {
        let asked = try amount(of: request.amount, context)
        let source = try context.addresses.parse(request.source, as: .validatorOperator)
        let destination = try context.addresses.parse(request.destination, as: .validatorOperator)
        let amount = try requireStake(of: asked, at: source, owner, context)
        guard !amount.isZero else { return }
        try requireRoom(for: destination, in: try account(of: owner, in: context))
        try context.emit(
            .with {
                $0.restakeOrdered = .with {
                    $0.owner = context.addresses.format(owner, as: .account)
                    $0.source = request.source
                    $0.destination = request.destination
                    $0.amount = amount.description
                }
            }
        )
        try requireAnswer(context)
    }

    /// Takes stake back: after the unbonding time, or at once from a validator that is unbonded. It stays part of the lien
    /// until it is released.
    ///
    /// - Throws: `wrongStake`, `stakeTooSmall`, `tooManyUnbondings`; what native staking throws.
    func unstake(_ request: LocalStakingUnstake, of owner: Address, _ context: Context) throws(ModuleError) {
        let asked = try amount(of: request.amount, context)
        let validator = try context.addresses.parse(request.validator, as: .validatorOperator)
        let amount = try requireStake(of: asked, at: validator, owner, context)
        guard !amount.isZero else { return }
        guard try unbondings(of: owner, at: validator, context).count < Self.unbondingsMax else {
            throw ModuleError(
                .tooManyUnbondings,
                "\(Self.unbondingsMax) entries are unbonding from this validator already: wait until one is complete"
            )
        }
        try context.emit(
            .with {
                $0.unstakeOrdered = .with {
                    $0.owner = context.addresses.format(owner, as: .account)
                    $0.validator = request.validator
                    $0.amount = amount.description
                }
            }
        )
        try requireAnswer(context)
    }

    /// Gives the vault what came back; does nothing when nothing did. What slashes have destroyed is counted before.
    func release(of owner: Address, _ context: Context) throws(ModuleError) {
        try countLosses(of: owner, context)
        let returned = try account(of: owner, in: context).returned
        guard let payment = try payment(of: returned, context) else { return }
        try context.emit(
            .with {
                $0.released.owner = context.addresses.format(owner, as: .account)
                $0.released.payment = payment
            }
        )
    }

    /// How much of an amount can be taken from a validator, once all losses are counted: less than what is asked for where
    /// rounding has left less than is recorded, so that the last unit holds nobody up.
    ///
    /// - Throws: `stakeTooSmall`.
    private func requireStake(of amount: Amount, at validator: Address, _ owner: Address, _ context: Context)
        throws(ModuleError) -> Amount
    {
        try countLosses(of: owner, context)
        let stake = try account(of: owner, in: context).stake(at: validator)
        let staked = stake.staked
        guard amount <= staked else {
            throw ModuleError(
                .stakeTooSmall,
                "\(staked) of this account is staked with this validator, less than \(amount): take at most that"
            )
        }
        guard try worth(of: owner, at: validator, context) < amount.saturatingAdding(stake.leaving) else {
            return amount
        }
        try countLoss(of: owner, at: validator, context)
        return min(amount, try account(of: owner, in: context).stake(at: validator).staked)
    }

    /// Checks that a user may have stake with a validator.
    ///
    /// - Throws: `tooManyValidators`.
    func requireRoom(for validator: Address, in account: StakeAccount) throws(ModuleError) {
        guard account.stakes.count < Self.validatorsMax || account.stakes.contains(where: { $0.validator == validator })
        else {
            throw ModuleError(
                .tooManyValidators,
                "this account has stake with \(Self.validatorsMax) validators, which is the most: choose one of those, or "
                    + "release what came back from one"
            )
        }
    }
}
