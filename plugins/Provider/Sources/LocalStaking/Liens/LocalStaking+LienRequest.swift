import LocalStakingEvents
import ModuleKit
import VaultEvents

extension LocalStaking {
    /// Takes a lien: the coins are here already, and are staked for the owner.
    ///
    /// - Throws: `vaultNotNamed` for another vault than the settings name, or for stake of another chain; `wrongStake`,
    ///   `tooManyValidators`; what native staking throws. Each fails the request as a whole.
    func take(_ request: VaultLienRequested, from vault: InstanceIdentity, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        try requireNamed(vault, settings, context)
        guard request.purpose == .local else {
            throw ModuleError(
                .vaultNotNamed,
                "\(context.identity.label) stakes on this chain: name an external staking for the stake of another one"
            )
        }
        let bondDenom = try bondDenom(context)
        let amount = try Amount(request.amount.amount)
        guard request.amount.denom == bondDenom, !amount.isZero else {
            throw ModuleError(
                .wrongStake,
                "only \(bondDenom) above zero can be staked: name a vault that keeps it"
            )
        }
        let owner = try Address(bech32: request.owner)
        let validator = try context.addresses.parse(request.validator, as: .validatorOperator)
        try requireRoom(for: validator, in: try account(of: owner, in: context))
        try bind(vault, request.amount.denom, context)
        try context.emit(
            .with {
                $0.lienTaken = .with {
                    $0.vault = vault.number
                    $0.transaction = request.transaction
                    $0.owner = request.owner
                    $0.validator = request.validator
                    $0.amount = request.amount
                    $0.slashable = settings.slashRatio.doubleSign
                    $0.account = settings.account
                }
            }
        )
    }

    /// Checks that a vault is the one that the settings name.
    func requireNamed(_ vault: InstanceIdentity, _ settings: LocalStakingSettings, _ context: Context)
        throws(ModuleError)
    {
        let named = context.instance(named: settings.vault)
        guard named?.number == vault.number, vault.module == VaultEvent.moduleName else {
            throw ModuleError(
                .vaultNotNamed,
                "\(context.identity.label) stakes for the vault \(settings.vault) alone, and \(vault.label) asks: name that "
                    + "vault in its configuration, or another local staking in the vault's"
            )
        }
    }

    /// Keeps the vault for good, the first time that it asks.
    private func bind(_ vault: InstanceIdentity, _ denom: String, _ context: Context) throws(ModuleError) {
        if try binding.value(in: context) != nil { return }
        try context.emit(
            .with {
                $0.vaultBound.binding = .with {
                    $0.vault = vault.number
                    $0.label = vault.label
                    $0.denom = denom
                }
            }
        )
    }
}
