public import ModuleKit
public import VaultEvents

/// Collateral in one denomination, and liens on it (mesh security, provider).
///
/// A user brings coins, and lets holders have liens on them: the local staking of the vault's settings, which gets the coins,
/// and any number of other instances, each for stake on another chain. The same collateral stands behind all liens. So it
/// covers the largest of them, and all that can be slashed of them together; what is beyond both can leave. Each user
/// chooses whom to trust: the vault has no register of holders, and what a holder does reaches nobody who gave it no lien.
///
/// Holders react to `lien_requested` and `lien_cut`, and answer in events of their own (`HoldsLiens`). What slashes and cuts
/// do never fails, whatever a holder makes of it.
///
/// An account's rules are those of `VaultAccount`; all of a user is one stored record.
public struct Vault: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(
        name: VaultEvent.moduleName,
        version: "1.0.0",
        requires: ["bank"],
        summary: "Collateral, and the liens of local and remote staking on it.",
        isStandard: false
    )

    /// What the instance was deployed with; absent until then.
    public let settings = StateItem<VaultSettings>(1, "settings")
    /// What users have.
    public let accounts = StateMap<Address, VaultStoredAccount>(2, "accounts")
    /// The number of the last request of a lien.
    public let lastTransaction = StateItem<UInt64>(3, "last_transaction")
    /// Requests that no holder has answered. Absent between transactions.
    ///
    /// Mostly there is one at a time: one entry for all of them costs a block one write, and not one for each stake.
    public let openRequests = StateItem<VaultOpenRequests>(4, "open_requests")
    /// Who the holders are that ever had a lien.
    public let holders = StateMap<UInt32, VaultHolder>(5, "holders")

    /// The module.
    public init() {}

    /// Brings collateral in, takes it out, or stakes it.
    public func handle(_ message: VaultMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .bond(let bond): try handle(bond, context)
        case .unbond(let unbond): try handle(unbond, context)
        case .stakeLocal(let stake): try handle(stake, context)
        case .stakeRemote(let stake): try handle(stake, context)
        case nil:
            throw ModuleError(
                .unknownMessage,
                "the message asks for nothing: set bond, unbond, stake_local or stake_remote"
            )
        }
    }

    /// What holders say of their liens.
    public var subscriptions: [Subscription<Vault>] {
        [
            .onTrait({ $0 is any HoldsLiens.Type }) { (vault, event, origin, context) throws(ModuleError) in
                guard let event = event as? any HoldsLiens else { return }
                for statement in try event.lienStatements where statement.vault == context.identity.number {
                    try vault.take(statement, from: origin.instance, context)
                }
            }
        ]
    }

    /// The settings.
    ///
    /// - Throws: `invalidState` before the instance was configured.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> VaultSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(
                .invalidState,
                "the instance has no denomination yet: configure it, such as with {\"denom\":\"uatom\"}"
            )
        }
        return settings
    }

    /// A request that its holder has not answered; nil for any other number.
    func openRequest(_ transaction: UInt64, in state: some StateReading) throws(ModuleError) -> VaultOpenRequest? {
        try openRequests.value(in: state)?.requests.first { $0.transaction == transaction }
    }

    /// What a user has; one who never bonded has nothing.
    func account(of owner: Address, in state: some StateReading) throws(ModuleError) -> VaultAccount {
        guard let record = try accounts.value(for: owner, in: state) else { return VaultAccount() }
        return try VaultAccount(record)
    }
}
