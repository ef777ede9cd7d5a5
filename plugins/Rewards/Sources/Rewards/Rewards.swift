public import ModuleKit
public import RewardsEvents
import StakingEvents

/// What native stake earns: block provisions and fees, by the rules of the Cosmos SDK's `x/mint` and `x/distribution`.
///
/// In each block, what the fee collector holds is shared out: the community's part, and the rest by the powers of those who
/// signed the block before. That adds to one index of points per unit of power, whatever the number of validators. A validator
/// takes its power's part when its power, its commission or its shares change, and adds it to its own index of points per share,
/// whatever the number of delegations. A delegation takes its shares' part when they change or when it withdraws. Slashes
/// change no shares, so they need nothing. Virtual stake earns like any other.
///
/// Nothing is lost or rounded up on the way: what is too little to be shared out is carried, payments are in whole units,
/// and of each denomination what the account holds is exactly what is owed, the carries, and the community pool.
public struct Rewards: ProtocolModule {
    /// What it can be told.
    public typealias Message = RewardsMessage
    /// What it records.
    public typealias Event = RewardsEvent
    /// What it can be asked.
    public typealias Query = RewardsQuery

    /// `rewards`.
    public static let manifest = Manifest(
        name: "rewards",
        version: "1.0.0",
        requires: ["bank", "staking"],
        summary: "Block provisions, fees, commission and the community pool, by the rules of the Cosmos SDK",
        takesFees: true
    )

    let collections = RewardsState()

    /// The module.
    public init() {}

    /// Decides on a message of an account.
    public func handle(_ message: RewardsMessage, _ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        switch message.message {
        case .withdraw(let request): try withdraw(request, sender, context)
        case .withdrawAll(let request): try withdrawAll(request, sender, context)
        case .withdrawCommission: try withdrawCommission(sender, context)
        case .setWithdrawAddress(let request): try setWithdrawAddress(request, sender, context)
        case .fundCommunityPool(let request): try fundCommunityPool(request, sender, context)
        case .spend(let request): try spend(request, sender, context)
        case nil:
            throw ModuleError(.unknownMessage, "the message for rewards says nothing: set one of its requests")
        }
    }

    /// Projects one event onto the state.
    public func apply(_ event: RewardsEvent, to state: StateWriter) throws(ModuleError) {
        try collections.apply(event, to: state)
    }

    /// Reacts to all that changes stake, sub-accounts included, to orders of instances for what their own has earned, and to
    /// the fees of transactions.
    public var subscriptions: [Subscription<Rewards>] {
        [
            .onTrait({ $0 == StakingEvent.self }) { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? StakingEvent else { return }
                try module.follow(event, origin, context)
            },
            .onTrait({ $0 is any OrdersRewards.Type }) { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? any OrdersRewards else { return }
                for order in try event.rewardOrders { try module.carryOut(order, origin, context) }
            },
            .onTrait({ $0 is any ChargesFees.Type }) { (module, event, _, context) throws(ModuleError) in
                guard let fee = try (event as? any ChargesFees)?.fee else { return }
                try module.collect(fee, context)
            },
        ]
    }

    /// Mints the block's provisions, takes the powers over from the block before, and shares out what was collected.
    public func beginBlock(_ context: Context) throws(ModuleError) {
        guard let rules = try collections.rules.value(in: context) else { return }
        try mintProvisions(rules, context)
        try takePowers(from: context.block.report.votes, context)
        try distribute(rules, context)
    }
}
