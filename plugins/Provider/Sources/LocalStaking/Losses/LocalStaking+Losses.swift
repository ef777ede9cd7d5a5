import LocalStakingEvents
import ModuleKit
import VaultEvents

/// A slash of a validator of this chain destroys stake of users, and the vault has to hear of it.
///
/// Native staking tells of each slash once, not of each delegation. So a user's records are compared with what his
/// sub-account has: that is right whatever was lost and why, and counts nothing twice. It is done for everybody who may have
/// lost something at the ends of blocks (see `recount`), and before that for whoever moves his stake, releases what came
/// back, or has his lien cut.
extension LocalStaking {
    /// What a user has lost at a validator and is not counted yet.
    func loss(of owner: Address, at stake: StakeAccount.Stake, _ context: Context) throws(ModuleError)
        -> StakeAccount.Loss
    {
        // What there is nothing of need not be asked.
        let worth = stake.delegated.isZero ? .zero : try worth(of: owner, at: stake.validator, context)
        let entries = stake.entries.isZero ? .zero : try unbonding(of: owner, at: stake.validator, context)
        return stake.loss(worth: worth, unbonding: entries)
    }

    /// Counts what a user has lost at a validator, and tells the vault.
    func countLoss(of owner: Address, at validator: Address, _ context: Context) throws(ModuleError) {
        let stake = try account(of: owner, in: context).stake(at: validator)
        try lose(try loss(of: owner, at: stake, context), of: owner, context)
    }

    /// Counts what a user has lost at all validators, unless nobody has lost anything that is not counted.
    func countLosses(of owner: Address, _ context: Context) throws(ModuleError) {
        guard try isRecounting(context) else { return }
        for stake in try account(of: owner, in: context).stakes where stake.isExposed {
            try countLoss(of: owner, at: stake.validator, context)
        }
    }

    /// Refuses that a user takes collateral out while the vault does not know of all his losses: what is free would be too
    /// much.
    ///
    /// - Throws: `lossNotCounted`.
    func take(_ unbonded: VaultUnbonded, from vault: InstanceIdentity, _ context: Context) throws(ModuleError) {
        guard try isRecounting(context), try binding.value(in: context)?.vault == vault.number else { return }
        let owner = try Address(bech32: unbonded.owner)
        for stake in try account(of: owner, in: context).stakes where stake.isExposed {
            guard try loss(of: owner, at: stake, context).isEmpty else {
                throw ModuleError(
                    .lossNotCounted,
                    "a slash has destroyed some of this account's stake, and the vault has not heard of it: send release, "
                        + "which counts it at once, or wait for some blocks"
                )
            }
        }
    }

    /// Gives up what is lost.
    func lose(_ loss: StakeAccount.Loss, of owner: Address, _ context: Context) throws(ModuleError) {
        guard !loss.isEmpty else { return }
        let vault = try requireBinding(context).vault
        try context.emit(
            .with {
                $0.stakeLost = .with {
                    $0.owner = context.addresses.format(owner, as: .account)
                    $0.validator = context.addresses.format(loss.validator, as: .validatorOperator)
                    $0.staked = loss.staked.description
                    $0.unbonding = loss.unbonding.description
                    $0.leaving = loss.leaving.description
                    $0.forfeit = loss.forfeit.description
                    $0.vault = vault
                }
            }
        )
    }
}
