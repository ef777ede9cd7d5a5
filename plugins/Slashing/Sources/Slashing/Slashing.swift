public import ModuleKit
public import SlashingEvents
import StakingEvents

/// What this chain's own validators pay for: votes that they did not give, and blocks of one height of which they signed two.
/// By the rules of the Cosmos SDK's `x/slashing` and `x/evidence`.
///
/// Each block says who signed the last one. As long as the same validators sign, nothing is written: the number of a vote
/// follows from the height, and only votes that were not given are kept, as bits. Whoever has missed more than is allowed of the
/// last window is slashed and jailed, and counting begins anew. Whoever has signed two blocks of one height, as the consensus
/// engine has seen it, is slashed, jailed, and tombstoned: once and for good.
///
/// The module says what is to be done; native staking does it, if its settings name this instance (`PunishesValidators`).
public struct Slashing: ProtocolModule {
    /// What it can be told.
    public typealias Message = SlashingMessage
    /// What it records.
    public typealias Event = SlashingEvent
    /// What it can be asked.
    public typealias Query = SlashingQuery

    /// `slashing`.
    public static let manifest = Manifest(
        name: "slashing",
        version: "1.0.0",
        requires: ["staking"],
        summary: "Downtime and double signs of this chain's validators, by the rules of the Cosmos SDK"
    )

    let collections = SlashingState()

    /// The module.
    public init() {}

    /// Decides on a message of an account.
    public func handle(_ message: SlashingMessage, _ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        switch message.message {
        case .unjail: try unjail(sender, context)
        case nil:
            throw ModuleError(.unknownMessage, "the message for slashing says nothing: set one of its requests")
        }
    }

    /// Projects one event onto the state.
    public func apply(_ event: SlashingEvent, to state: StateWriter) throws(ModuleError) {
        try collections.apply(event, to: state)
    }

    /// Reacts to who enters and leaves native staking's active set, and who is jailed.
    public var subscriptions: [Subscription<Slashing>] {
        [
            .onTrait({ $0 == StakingEvent.self }) { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? StakingEvent else { return }
                try module.follow(event, origin, context)
            }
        ]
    }

    /// Looks through the votes of the last commit, then at what the engine holds against validators.
    public func beginBlock(_ context: Context) throws(ModuleError) {
        guard let rules = try collections.rules.value(in: context) else { return }
        try follow(context.block.report.votes, context)
        try count(context.block.report.votes, rules, context)
        for misbehavior in context.block.report.misbehavior { try judge(misbehavior, rules, context) }
    }
}
