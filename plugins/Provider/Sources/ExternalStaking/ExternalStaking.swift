import EvidenceEvents
public import ExternalStakingEvents
import InterchainEvents
public import ModuleKit
import TransferEvents
import VaultEvents

/// Stake of this chain's users on the validators of one other chain, secured by liens on their collateral (mesh
/// security, provider).
///
/// An instance is one half of a pairing; the other half is a converter on the consumer. Between them is one channel,
/// for good. What a user wants is prepared here, sent as a packet, and committed or rolled back by what the other
/// chain answers; packets may come in any order, or never. The vault asks for stake, and is told what becomes of the
/// lien.
///
/// What the consumer says is believed of its own affairs alone: which validators it has, and what it hands back. No
/// packet slashes. Stake that leaves stays under the lien for the whole unbonding period, whatever the validator's
/// state; so it can still pay for what is shown later.
///
/// No operation walks over users: each touches one user's records, of which there are at most ``recordsMax``. The
/// closing of the channel, and the tombstone of a validator that was proven guilty, are applied to a record when it is
/// next touched. Only what users owe for an infraction is taken from one after the other, so many at the end of a block.
public struct ExternalStaking: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(
        name: ExternalStakingEvent.moduleName,
        version: "1.0.0",
        requires: [interchainModuleName, VaultEvent.moduleName],
        summary: "Stake of this chain's users on another chain's validators, by liens on their collateral.",
        isStandard: false
    )

    /// On how many validators one user may have stake.
    public static let validatorsMax: UInt64 = 64
    /// Of how many validators one user may have stake, or rewards of stake that has left.
    public static let recordsMax: UInt64 = 128
    /// Numbers of this module's own transactions begin here; lower ones are the vault's.
    public static let firstOwnTransaction: UInt64 = 1 << 63
    /// How many burns are sent, or dropped, at the end of one block.
    public static let burnsPerBlock = 64
    /// How many denominations of rewards a pairing knows at most: one that is held, and the vouchers of so many channels.
    public static let rewardKindsMax = 9
    /// How many validators of the consumer are ever known, and how often it names a key for one of them, where the
    /// configuration does not say.
    public static let (consumerValidatorsMaxDefault, keysMaxDefault): (UInt32, UInt32) = (1024, 8)
    /// How far the clocks of the two chains may be apart, where the configuration does not say. A header's time is the
    /// median of votes on the block before: it lags by a block, on either chain, besides what clocks differ.
    public static let clockDriftDefault = TimeSpan.seconds(10)

    /// What the instance was deployed with; absent until then.
    public let settings = StateItem<ExternalStakingSettings>(1, "settings")
    /// The pairing's channel; absent until there is one.
    public let pairing = StateItem<ExternalStakingPairing>(2, "pairing")
    /// What is known of the consumer's validators.
    let validators = StateMap<String, ValidatorRecord>(3, "validators")
    /// Which validator a key belongs to.
    let keyClaims = StateMap<ConsensusKey, KeyClaim>(4, "key_claims")
    /// What a user has on a validator; records of nothing are removed.
    let stakes = StateMap<Pair<Address, String>, Stake>(5, "stakes")
    /// Who has stake on a validator: the same pairs the other way round.
    let stakers = StateMap<Pair<String, Address>, Unit>(6, "stakers")
    /// What the stakes on a validator add up to.
    let validatorTotals = StateMap<String, StakeTotals>(7, "validator_totals")
    /// What is not settled yet, by number.
    let transactions = StateMap<UInt64, PendingTransaction>(8, "transactions")
    /// The numbers of burns in flight, by the packet's sequence: not every version lets a burn say its number itself.
    let burnPackets = StateMap<UInt64, UInt64>(9, "burn_packets")
    /// The burns that wait to be sent, by when they may be.
    let waitingBurns = StateMap<Pair<Timestamp, UInt64>, Unit>(10, "waiting_burns")
    /// How many burns wait; absent for none. It spares the end of each block a walk.
    let waitingBurnCount = StateItem<UInt64>(11, "waiting_burn_count")
    /// How many transactions of its own the module has made.
    let ownTransactions = StateItem<UInt64>(12, "own_transactions")
    /// How many validators of the consumer are known.
    let validatorCount = StateItem<UInt64>(13, "validator_count")
    /// What became of all rewards; absent as long as none ever came.
    let rewardLedgers = StateItem<RewardLedgers>(20, "reward_ledgers")
    /// What the stake on a validator has earned.
    let validatorRewards = StateMap<String, ValidatorRewards>(21, "validator_rewards")

    /// The validators that were proven guilty.
    let offenders = StateMap<String, Offender>(30, "offenders")
    /// Those of them whose stakers settle.
    let sweeps = StateMap<String, Unit>(31, "sweeps")
    /// The stakes that settle at the end of a block beside the walks, by validator.
    let dues = StateMap<Pair<String, Address>, PendingSettlement>(32, "dues")
    /// How many sweeps and dues there are; absent for none. It spares the end of each block two walks.
    let openSettlements = StateItem<UInt64>(33, "open_settlements")
    /// How many infractions were recorded.
    let infractionCount = StateItem<UInt64>(34, "infraction_count")
    /// The same stakes by when they settle at the earliest.
    let duesByTime = StateIndex<Timestamp, Pair<String, Address>>(36, "dues_by_time")

    /// The module.
    public init() {}

    /// Takes stake away, gives up liens on what has unbonded, closes the channel, or pays rewards.
    public func handle(_ message: ExternalStakingMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .unstake(let unstake): try handle(unstake, context)
        case .withdrawUnbonded: try withdraw(context)
        case .close: try close(context)
        case .withdrawRewards(let withdrawal): try handle(withdrawal, context)
        case .releaseSurplus: try releaseSurplus(context)
        case .settlePayment(let settlement): try handle(settlement, context)
        case nil:
            throw ModuleError(
                .unknownMessage,
                "the message asks for nothing: set unstake, withdraw_unbonded, close, withdraw_rewards, release_surplus or "
                    + "settle_payment"
            )
        }
    }

    /// What happens on the channel, what the vault asks for, rewards that are transferred here, and what is proven of validators.
    public var subscriptions: [Subscription<ExternalStaking>] {
        [
            .channels,
            .on(VaultEvent.self) { (module, event, origin, context) throws(ModuleError) in
                switch event.event {
                case .lienRequested(let request): try module.stake(request, from: origin, context)
                case .lienCut(let cut): try module.cut(cut, from: origin, context)
                default: return
                }
            },
            .rewardVouchers,
            .transferHooks,
            .on(EvidenceEvent.self) { (module, event, origin, context) throws(ModuleError) in
                guard case .duplicateVoteProven(let proof) = event.event,
                    proof.instanceNumber == context.identity.number
                else { return }
                try module.take(proof, from: origin, context)
            },
        ]
    }

    /// Has those settle who owe, sends the burns that wait, and passes on what is the community's.
    public func endBlock(_ context: Context) throws(ModuleError) {
        try settleLiabilities(context)
        try sendBurns(context)
        try passOnCommunityRewards(context)
    }
}
