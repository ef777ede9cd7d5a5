public import LocalStakingEvents
public import ModuleKit
import RewardsEvents
import StakingEvents
import VaultEvents

/// Collateral of a vault that is staked on this chain (mesh security, provider).
///
/// The vault that the settings name asks for a lien and pays the coins; they are delegated in the name of a sub-account of
/// the user, so that what is one user's is never mixed with what is another's. The user moves the stake, takes it back, and
/// releases what came back, which frees as much of the lien. When the vault cuts the lien, what is cut goes back to it:
/// see `StakeAccount.parts`.
///
/// Native staking is told what to do by events (`OrdersStake`), and tells by events what it has done. Only that is counted:
/// each order is open until staking has answered it.
///
/// The user votes with this stake and has its rewards, as if he had staked himself. The vote is that of the sub-account
/// (`CastsVotes`), so governance follows what becomes of the stake by itself. Rewards are withdrawn by an order
/// (`OrdersRewards`), and what comes in is paid on to the user at once: the instance never keeps any.
///
/// A slash of a validator destroys coins. The records give way to it, and the vault hears of it like of any holder's slash:
/// see `StakeAccount.Loss`.
public struct LocalStaking: ProtocolModule {
    /// What it can be told.
    public typealias Message = LocalStakingMessage
    /// What it records.
    public typealias Event = LocalStakingEvent
    /// What it can be asked.
    public typealias Query = LocalStakingQuery

    /// What the module says of itself.
    public static let manifest = Manifest(
        name: "local-staking",
        version: "1.0.0",
        requires: ["bank", "staking", VaultEvent.moduleName],
        summary: "Collateral of a vault that is staked on this chain.",
        isStandard: false
    )

    /// How many validators a user may have stake with.
    public static let validatorsMax = 64
    /// How many entries may be unbonding for one user and validator. Staking has a limit of its own besides.
    public static let unbondingsMax = 32

    /// What the instance was deployed with; absent until then.
    public let settings = StateItem<LocalStakingSettings>(1, "settings")
    /// The vault; absent until it has asked for the first lien.
    public let binding = StateItem<LocalStakingBinding>(2, "binding")
    /// What users have staked, by account.
    public let accounts = StateMap<Address, StakeAccount>(3, "accounts")
    /// Account and validator of all forfeit stake that has to be taken back still.
    public let leaving = StateMap<Pair<Address, Address>, Unit>(4, "leaving")
    /// The order that staking is just carrying out. Empty between transactions.
    public let openOrder = StateItem<LocalStakingOpenOrder>(5, "open_order")
    /// How many entries of `leaving` there are; absent for none. It spares the end of each block a walk.
    public let leavingCount = StateItem<UInt64>(6, "leaving_count")
    /// Where the next block goes on with taking back; absent for the beginning.
    public let recallPlace = StateItem<LocalStakingRecallPlace>(7, "recall_place")
    /// Validator and account of all stake that a slash of the validator can reach.
    public let exposed = StateMap<Pair<Address, Address>, Unit>(8, "exposed")
    /// Whose stake is to be compared with what native staking has, by number. Mostly empty.
    public let recounts = StateMap<UInt64, LocalStakingRecount>(9, "recounts")

    /// The module.
    public init() {}

    /// Moves stake of the account that signed, takes it back, releases what came back, votes with it, or withdraws what it
    /// has earned.
    public func handle(_ message: LocalStakingMessage, _ context: Context) throws(ModuleError) {
        let owner = try context.requireSender()
        switch message.message {
        case .restake(let request): try restake(request, of: owner, context)
        case .unstake(let request): try unstake(request, of: owner, context)
        case .release: try release(of: owner, context)
        case .vote(let request): try vote(request, of: owner, context)
        case .withdrawRewards(let request): try withdrawRewards(request, of: owner, context)
        case nil:
            throw ModuleError(
                .unknownMessage,
                "the message asks for nothing: set restake, unstake, release, vote or withdraw_rewards"
            )
        }
    }

    /// What the vault asks for, and what staking and rewards have done in the name of users' sub-accounts.
    public var subscriptions: [Subscription<LocalStaking>] {
        [
            .on(VaultEvent.self) { (module, event, origin, context) throws(ModuleError) in
                switch event.event {
                case .lienRequested(let request): try module.take(request, from: origin.instance, context)
                case .lienCut(let cut): try module.take(cut, from: origin.instance, context)
                case .unbonded(let event): try module.take(event, from: origin.instance, context)
                default: return
                }
            },
            .on(StakingEvent.self) { (module, event, origin, context) throws(ModuleError) in
                try module.take(event, from: origin.instance, context)
            },
            .on(RewardsEvent.self) { (module, event, _, context) throws(ModuleError) in
                guard case .withdrawn(let withdrawal) = event.event else { return }
                try module.take(withdrawal, context)
            },
        ]
    }

    /// Counts what slashes have destroyed, and takes forfeit stake back that could not be taken back before.
    public func endBlock(_ context: Context) throws(ModuleError) {
        try recount(context)
        try recallLeaving(context)
    }
}

extension LocalStaking {
    /// What a user has staked; nothing where there is no record.
    func account(of owner: Address, in state: some StateReading) throws(ModuleError) -> StakeAccount {
        try accounts.value(for: owner, in: state) ?? StakeAccount()
    }

    /// The settings.
    ///
    /// - Throws: `invalidState` before the instance was configured.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> LocalStakingSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(.invalidState, "the instance names no vault yet: configure it with vault and slash_ratio")
        }
        return settings
    }

    /// Reads an amount above zero of what is staked here.
    ///
    /// - Throws: `wrongStake`, `invalidAmount`.
    func amount(of coin: ProtoCoin, _ context: Context) throws(ModuleError) -> Amount {
        let amount = try Amount(coin.amount)
        // Before the first lien nobody has stake, whatever it is called.
        let denom = try binding.value(in: context)?.denom
        guard !amount.isZero, denom == nil || coin.denom == denom else {
            throw ModuleError(
                .wrongStake,
                "only \(denom ?? "the bond denomination") above zero can be moved here: give such an amount"
            )
        }
        return amount
    }
}
