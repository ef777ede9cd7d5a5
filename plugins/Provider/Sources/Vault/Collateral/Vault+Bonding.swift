import ModuleKit
import VaultEvents

extension Vault {
    /// Brings coins of the sender in.
    ///
    /// - Throws: `wrongCollateralDenomination`, `zeroCollateral`, `arithmeticOverflow`; what the bank throws.
    func handle(_ bond: VaultBond, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        let owner = try context.requireSender()
        let coin = try collateral(bond.amount, settings)
        var account = try account(of: owner, in: context)
        try account.bond(coin.amount)
        try context.emit(
            .with {
                $0.bonded.owner = context.addresses.format(owner, as: .account)
                $0.bonded.amount = ProtoCoin(coin)
                $0.bonded.moduleAccount = settings.moduleAccount
            }
        )
    }

    /// Gives the sender coins back.
    ///
    /// - Throws: `wrongCollateralDenomination`, `zeroCollateral`, `collateralLocked`; what the local holder throws.
    func handle(_ unbond: VaultUnbond, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        let owner = try context.requireSender()
        let coin = try collateral(unbond.amount, settings)
        var account = try account(of: owner, in: context)
        try account.unbond(coin.amount)
        let localHolder = account.liens.first { $0.purpose == .local }?.holder ?? 0
        try context.emit(
            .with {
                $0.unbonded.owner = context.addresses.format(owner, as: .account)
                $0.unbonded.amount = ProtoCoin(coin)
                $0.unbonded.moduleAccount = settings.moduleAccount
                $0.unbonded.localHolder = localHolder
            }
        )
    }

    /// Reads coins that a message names: of the vault's denomination, and above zero.
    func collateral(_ coin: ProtoCoin, _ settings: VaultSettings) throws(ModuleError) -> Coin {
        let coin = try coin.coin()
        guard coin.denom.text == settings.denom else {
            throw ModuleError(
                .wrongCollateralDenomination,
                "this vault takes \(settings.denom), not \(coin.denom): use that, or another vault"
            )
        }
        guard !coin.amount.isZero else {
            throw ModuleError(.zeroCollateral, "an amount of 0\(coin.denom) changes nothing: name one above zero")
        }
        return coin
    }
}
