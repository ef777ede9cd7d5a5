import ModuleKit
import VaultEvents

extension Vault {
    /// The module of the instances that stake on this chain.
    static let localStakingModule = "local-staking"

    /// Has the sender's collateral staked on this chain, by the local staking of the settings.
    ///
    /// - Throws: `noLocalStaking`; as `request`.
    func handle(_ stake: VaultStakeLocal, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        guard !settings.localStaking.isEmpty else {
            throw ModuleError(
                .noLocalStaking,
                "this vault stakes nothing on its own chain: its admin has to name local_staking in its configuration"
            )
        }
        guard let holder = context.instance(named: settings.localStaking), holder.module == Self.localStakingModule
        else {
            throw ModuleError(
                .noLocalStaking,
                "no instance of \(Self.localStakingModule) is called \(settings.localStaking): deploy it, or name another "
                    + "in the vault's configuration"
            )
        }
        try request(of: holder, .local, stake.validator, stake.amount, settings, context)
    }

    /// Lets the holder that the sender names have a lien on his collateral.
    ///
    /// - Throws: `unknownLienHolder`; as `request`.
    func handle(_ stake: VaultStakeRemote, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        guard let holder = context.instance(named: stake.holder) else {
            throw ModuleError(
                .unknownLienHolder,
                "no instance has such a label or address: name the External Staking instance of the other chain"
            )
        }
        try request(of: holder, .remote, stake.validator, stake.amount, settings, context)
    }

    /// Asks a holder to take a lien, and makes sure that it did.
    ///
    /// The holder reacts while the event is being recorded: it accepts in an event of its own, or throws.
    ///
    /// - Throws: `wrongCollateralDenomination`, `zeroCollateral`, `stakeBelowMinimum`, `tooManyLiens`, `lienPurposeMismatch`,
    ///   `insufficientCollateral`, `lienUnanswered`; what the holder throws.
    private func request(
        of holder: InstanceIdentity,
        _ purpose: Lien.Purpose,
        _ validator: String,
        _ amount: ProtoCoin,
        _ settings: VaultSettings,
        _ context: Context
    ) throws(ModuleError) {
        let owner = try context.requireSender()
        let coin = try collateral(amount, settings)
        try requireMinimum(coin, settings)
        let account = try account(of: owner, in: context)
        try requireLienLeft(for: holder, of: account, settings)
        try account.requireCover(for: coin.amount, by: holder.number, for: purpose)
        let transaction = (try lastTransaction.value(in: context) ?? 0) &+ 1
        // What the record of the holder has already is not told again.
        let isNew = try !holders.contains(holder.number, in: context)
        let isLocal = purpose == .local
        try context.emit(
            .with {
                $0.lienRequested = .with {
                    $0.transaction = transaction
                    $0.owner = context.addresses.format(owner, as: .account)
                    $0.holder = holder.number
                    $0.validator = validator
                    $0.amount = ProtoCoin(coin)
                    $0.purpose = purpose.record
                    if isNew || isLocal {
                        $0.holderAddress = context.addresses.format(holder.address, as: .account)
                    }
                    if isNew { $0.holderLabel = holder.label }
                    if isLocal { $0.moduleAccount = settings.moduleAccount }
                }
            }
        )
        guard try openRequest(transaction, in: context) == nil else {
            throw ModuleError(
                .lienUnanswered,
                "\(holder.label) did not take the lien: name an instance whose module holds liens, and that this vault may "
                    + "ask"
            )
        }
    }

    private func requireMinimum(_ coin: Coin, _ settings: VaultSettings) throws(ModuleError) {
        let minimum = try Amount(settings.minimumStake)
        guard coin.amount >= minimum else {
            throw ModuleError(
                .stakeBelowMinimum,
                "\(coin) is below the smallest stake of this vault, \(minimum)\(coin.denom): stake at least that"
            )
        }
    }

    private func requireLienLeft(for holder: InstanceIdentity, of account: VaultAccount, _ settings: VaultSettings)
        throws(ModuleError)
    {
        guard account.lien(of: holder.number) == nil, account.liens.count >= Int(settings.liensMax) else { return }
        throw ModuleError(
            .tooManyLiens,
            "there are \(account.liens.count) liens on this collateral, as many as the vault allows: release one of them, or "
                + "stake with one of their holders"
        )
    }
}
