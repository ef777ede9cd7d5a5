public import ConverterEvents
import InterchainEvents
public import ModuleKit
import TransferEvents
import VirtualStakingEvents

/// The consumer's end of a pairing: it keeps what the provider's delegators have pledged to validators of this chain,
/// and says how much virtual stake follows from it.
///
/// It speaks with External Staking, on the provider, over the one control channel of the pairing. With virtual staking,
/// on this chain, it forms a pair in which each names the other; virtual staking reacts to what happens to pledges, and
/// asks for targets.
///
/// Pledges are counted in tokens of the provider, and only the provider's packets change them, but for two cases:
/// virtual staking may bond nothing any more, then they are handed back; or the pairing is over, then all of them end
/// at once.
///
/// What virtual staking has collected of rewards comes here, and goes to the provider in batches, by a route that is a setting.
/// Each coin is in exactly one place at any time: here, in a batch, there, held, or paid out.
public struct Converter: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(
        name: converterModuleName,
        version: "1.0.0",
        requires: [interchainModuleName, "staking", "price-feed"],
        summary: "The consumer's end of a mesh-security pairing: pledges of the provider's delegators.",
        isStandard: false
    )

    /// How the instance was set up; absent until then.
    public let settings = StateItem<ConverterSettings>(1, "settings")
    /// The one channel of the pairing, from the time it opened.
    public let channel = StateItem<ConverterChannel>(2, "channel")
    /// What the price feed said at the beginning of the last block in which that changed.
    public let price = StateItem<ConverterPrice>(3, "price")

    /// What all have pledged to a validator; never zero.
    public let pledged = StateMap<Address, Amount>(4, "pledged")
    /// What a delegator has pledged to a validator; never zero.
    public let pledges = StateMap<Pair<Address, String>, Amount>(5, "pledges")
    /// What burns that named nobody took from a validator's pledge and from no delegator's; never zero. For each
    /// validator, the records of its delegators add up to its pledge and this.
    public let unattributed = StateMap<Address, Amount>(6, "unattributed")

    /// The validators at which something may have changed since the provider was told.
    public let touched = StateMap<Address, Unit>(7, "touched")
    /// How the provider was told that a validator stands: a `ConverterStanding`.
    public let told = StateMap<Address, UInt32>(8, "told")
    /// The slashes that the provider is to be told of, by native staking's numbers.
    public let slashes = StateMap<UInt64, ConverterSlashNote>(9, "slashes")

    /// The packets in flight, by sequence.
    public let inFlight = StateMap<UInt64, ConverterNotice>(10, "in_flight")
    /// The packets that came back, by the time at which they are sent again, and the sequence that they had.
    public let returned = StateMap<Pair<Timestamp, UInt64>, ConverterNotice>(11, "returned")
    /// Present while pledges go back to the provider.
    public let handingBack = StateItem<Unit>(12, "handing_back")

    /// From which number on native staking's journal of validators is to be read; absent until all were looked at.
    public let nextChange = StateItem<UInt64>(13, "next_change")
    /// How many entries `touched`, `slashes` and `returned` have together; absent for none. It spares the end of each
    /// block three walks.
    public let outboxCount = StateItem<UInt64>(14, "outbox_count")
    /// Present from the end of the pairing until all that was kept for it is dropped.
    public let leftovers = StateItem<Unit>(15, "leftovers")

    /// What has become of all rewards; absent until some were collected.
    public let rewardTotals = StateItem<ConverterRewardTotals>(20, "reward_totals")
    /// What was collected, lies here, and is in no batch, by validator; never zero.
    public let waitingRewards = StateMap<Address, Amount>(21, "waiting_rewards")
    /// What has arrived at External Staking, which does not know yet whose it is, and is in no batch; never zero.
    public let arrivedRewards = StateMap<Address, Amount>(22, "arrived_rewards")
    /// The validators whose part the provider has refused: it goes alone, and later.
    public let suspensions = StateMap<Address, ConverterSuspension>(23, "suspensions")
    /// The batches that are not settled, by number.
    public let batches = StateMap<UInt64, ConverterBatch>(24, "batches")
    /// The batches that wait to be sent again, by time and number.
    public let dueBatches = StateMap<Pair<Timestamp, UInt64>, Unit>(25, "due_batches")
    /// The batch that a packet on the control channel is about, by the packet's sequence.
    public let announcements = StateMap<UInt64, UInt64>(26, "announcements")
    /// How far batches have come; absent before the first.
    public let batchProgress = StateItem<ConverterBatchProgress>(27, "batch_progress")
    /// What became of payments that the provider has asked for, by its numbers.
    public let payments = StateMap<UInt64, ConverterPayment>(28, "payments")
    /// The same numbers by the time from which on they may be forgotten.
    public let paymentExpiries = StateMap<Pair<Timestamp, UInt64>, Unit>(29, "payment_expiries")
    /// The highest number that was forgotten: it and those below are never paid any more. Absent before the first.
    public let paymentFloor = StateItem<UInt64>(30, "payment_floor")

    /// The module.
    public init() {}

    /// Closes the pairing, or gives away what is left of it.
    public func handle(_ message: ConverterMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .close: try close(context)
        case .giveRewards(let request): try giveRewards(request, context)
        case nil: throw ModuleError(.unknownMessage, "the message asks for nothing: set close or give_rewards")
        }
    }

    /// What happens on the channel, to the cap of virtual staking, to rewards, and to tokens that were sent. What happens to validators is read from native
    /// staking's journal instead.
    public var subscriptions: [Subscription<Converter>] {
        [
            .channels,
            .on(VirtualStakingEvent.self) { (module, event, origin, context) throws(ModuleError) in
                switch event.event {
                case .capChanged(let change): try module.follow(change, of: origin, context)
                case .rewardsCollected(let collected): try module.follow(collected, of: origin, context)
                default: return
                }
            },
            .on(TransferEvent.self) { (module, event, origin, context) throws(ModuleError) in
                try module.follow(event, of: origin, context)
            },
        ]
    }

    /// Ends a pairing whose provider can't be heard any more, and notes the price of the block.
    ///
    /// Without an open channel, this is one read.
    public func beginBlock(_ context: Context) throws(ModuleError) {
        guard let channel = try channel.value(in: context), channel.isOpen else { return }
        guard try !closeIfExpired(channel, context) else { return }
        try notePrice(context)
    }

    /// Sends the provider what it has to know: what came back, what has changed at validators, and pledges that are
    /// handed back, and rewards. Where nothing can be sent, because the client of the provider can't be used, all of it waits.
    ///
    /// Where nothing has happened, these are five reads; without a channel it is one.
    public func endBlock(_ context: Context) throws(ModuleError) {
        guard let channel = try channel.value(in: context) else { return }
        try passOnRewards(channel, context)
        guard channel.isOpen else { return try dropPledges(context) }
        try followValidators(context)
        if try outboxCount.value(in: context) != nil {
            guard try resendNotices(channel, context), try announceValidators(channel, context) else { return }
        }
        try handBackPledges(channel, context)
    }

    /// The settings.
    ///
    /// - Throws: `converterNotConfigured`.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> ConverterSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(.converterNotConfigured, "the converter has no settings yet: configure it")
        }
        return settings
    }
}
