public import ModuleKit
public import StakingEvents

/// Native staking: validators, delegations, and the active set, by the rules of the Cosmos SDK's `x/staking`.
///
/// The module keeps who staked what; the coins lie in two pool accounts, and the bank moves them on staking's events.
/// It punishes validators on the events of the one instance that its settings name, and stakes coins of other
/// instances on their own orders. All loops are bounded: a block's end touches the entries that are due and the active
/// set, and a slash that concerns many goes on over several blocks, while nothing leaves its validator.
public struct NativeStaking: ProtocolModule {
    /// What it can be told.
    public typealias Message = StakingMessage
    /// What it records.
    public typealias Event = StakingEvent
    /// What it can be asked.
    public typealias Query = StakingQuery

    /// `staking`.
    public static let manifest = Manifest(
        name: "staking",
        version: "1.0.0",
        requires: ["bank"],
        summary: "Validators, delegations and the active set, by the rules of the Cosmos SDK"
    )

    let collections = StakingState()

    /// The module.
    public init() {}

    /// Decides on a message of an account.
    public func handle(_ message: StakingMessage, _ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        switch message.message {
        case .createValidator(let request): try createValidator(request, sender, context)
        case .editValidator(let request): try editValidator(request, sender, context)
        case .delegate(let request): try delegate(request, sender, context)
        case .undelegate(let request): try undelegate(request, sender, context)
        case .redelegate(let request): try redelegate(request, sender, context)
        case .cancelUnbonding(let request): try cancelUnbonding(request, sender, context)
        case .unjail: try unjail(sender, context)
        case nil:
            throw ModuleError(.unknownMessage, "the message for staking says nothing: set one of its requests")
        }
    }

    /// Projects one event onto the state.
    public func apply(_ event: StakingEvent, to state: StateWriter) throws(ModuleError) {
        try collections.apply(event, to: state)
    }

    /// Reacts to punishments, and to orders of instances for their own stake.
    public var subscriptions: [Subscription<NativeStaking>] {
        [
            .onTrait({ $0 is any PunishesValidators.Type }) {
                (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? any PunishesValidators else { return }
                try module.carryOut(try event.punishments, origin, context)
            },
            .onTrait({ $0 is any OrdersStake.Type }) { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? any OrdersStake else { return }
                try module.carryOut(try event.stakeOrders, origin, context)
            },
        ]
    }

    /// Goes on with slashes, renews the active set, and pays out what is due.
    public func endBlock(_ context: Context) throws(ModuleError) {
        guard try collections.rules.value(in: context) != nil else { return }
        try continueSlashes(context)
        try updateActiveSet(context)
        try completeUnbondings(context)
    }
}
