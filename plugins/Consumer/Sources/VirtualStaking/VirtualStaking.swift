import BankEvents
import ConverterEvents
public import ModuleKit
import RewardsEvents
import StakingEvents
public import VirtualStakingEvents

/// The stake of a pairing on the consumer's chain: virtual tokens, minted into delegations and burned when they come back.
///
/// An instance belongs to one converter; each names the other. Once per epoch it asks the converter what each validator
/// should have, and moves its delegations there. When a pledge goes down, or a validator is not active any more, or the grant
/// shrinks, it lets go in the same block. It mints under a grant alone and never above its cap.
///
/// Virtual tokens exist in delegations only. They are in no reported supply: the bank's offset is minus what is minted. So
/// whatever destroys some of them, such as a slash, is followed by a correction of both.
///
/// What the delegations earn is collected once per epoch, validator by validator, before any of them changes, and handed to the
/// converter. After the stake itself is gone, what it had earned is still collected.
///
/// Where stake can't be taken back at once, because a slash of its validator goes on, or because there are too many validators
/// for one go, it is *owed*, and let go in the first block in which that is possible, with a grant or without one by then. No
/// validator's trouble holds back another.
public struct VirtualStaking: ProtocolModule {
    /// It takes no messages.
    public typealias Message = NoVocabulary

    /// What the module says of itself.
    public static let manifest = Manifest(
        name: "virtual-staking",
        version: "1.0.0",
        requires: ["bank", "staking"],
        summary: "Stake for the pledges of another chain's tokens: minted under a grant, never above its cap",
        isStandard: false
    )

    /// What the instance was set up with; absent until then.
    public let settings = StateItem<VirtualStakingSettings>(1, "settings")
    /// What may be minted; absent for nothing.
    public let cap = StateItem<Amount>(2, "cap")
    /// There once the pairing is over.
    public let closure = StateItem<Unit>(3, "closure")
    /// What is minted and bonded, by validator; entries of zero are removed.
    public let minted = StateMap<Address, Amount>(4, "minted")
    /// The part of it that is to be let go as soon as possible; entries of zero are removed.
    public let owed = StateMap<Address, Amount>(5, "owed")
    /// The sum of what is minted.
    public let mintedTotal = StateItem<Amount>(6, "minted_total")
    /// The sum of what is owed.
    public let owedTotal = StateItem<Amount>(7, "owed_total")
    /// What native staking has given back and is to be burned. Absent between transactions and hooks.
    public let returned = StateItem<Amount>(8, "returned")
    /// What has left the count with it. Absent between transactions and hooks.
    public let retired = StateItem<Amount>(9, "retired")
    /// The height of the last epoch; absent before the first.
    public let lastEpochHeight = StateItem<UInt64>(10, "last_epoch_height")

    /// Where stake was bonded and is no more since rewards were last collected.
    public let formerValidators = StateMap<Address, Unit>(20, "former_validators")
    /// Present while a collection of rewards goes on at the ends of blocks.
    public let collection = StateItem<VirtualStakingCollection>(21, "collection")
    /// What was collected in other denominations than that of rewards, and the community pool has not got yet; never zero.
    public let otherRewards = StateMap<Denom, Amount>(22, "other_rewards")

    /// The module.
    public init() {}

    /// Refuses: there is nothing to ask for.
    public func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {
        throw ModuleError(
            .unknownMessage,
            "virtual staking takes no messages: it follows its converter, native staking and its grant"
        )
    }

    /// What the converter says, what becomes of validators, what native staking gives back, what the delegations have earned,
    /// and what becomes of the grant.
    public var subscriptions: [Subscription<VirtualStaking>] {
        [
            .on(ConverterEvent.self) { (module, event, origin, context) throws(ModuleError) in
                try module.follow(event, of: origin, context)
            },
            .on(StakingEvent.self) { (module, event, origin, context) throws(ModuleError) in
                try module.follow(event, of: origin, context)
            },
            .on(RewardsEvent.self) { (module, event, origin, context) throws(ModuleError) in
                guard case .withdrawn(let withdrawal) = event.event else { return }
                try module.follow(withdrawal, of: origin, context)
            },
            .onTraitAddressed({ $0 is any OffersGrants.Type }) { (module, event, _, context) throws(ModuleError) in
                guard let offer = try (event as? any OffersGrants)?.grantOffer else { return }
                try module.consider(offer, context)
            },
            .onTraitAddressed({ $0 is any ChangesGrants.Type }) { (module, event, _, context) throws(ModuleError) in
                guard let change = try (event as? any ChangesGrants)?.grantChange else { return }
                try module.follow(change, context)
            },
        ]
    }

    /// Runs the epoch, where one is due. What it bonds counts from the end of the same block on.
    public func beginBlock(_ context: Context) throws(ModuleError) {
        guard let settings = try settings.value(in: context), settings.hasEpoch(at: context.block.height) else {
            return
        }
        try runEpoch(settings, context)
    }

    /// Goes on letting go of what is owed, and collecting rewards. Where there is nothing of either, these are two reads.
    public func endBlock(_ context: Context) throws(ModuleError) {
        if try owedTotal.value(in: context) != nil { try releaseOwed(context) }
        try continueCollection(context)
    }

    /// The settings.
    ///
    /// - Throws: `virtualStakingNotConfigured`.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> VirtualStakingSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(
                .virtualStakingNotConfigured,
                "the instance has no settings yet: configure it with the converter that it belongs to"
            )
        }
        return settings
    }
}
