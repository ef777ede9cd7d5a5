public import GovernanceEvents
public import ModuleKit
import StakingEvents

/// Governance: proposals, deposits and votes, by the rules of the Cosmos SDK's `x/gov`.
///
/// A proposal is a text and a list of messages. When it passes, the instance sends them in its own name: so it can do what an
/// account of its standing can, and that is a lot where it is the chain's authority and the admin of others. What stake
/// stands behind a vote is known from native staking's events, and the votes of delegators are kept added up by validator. So
/// the count at the end loops over validators only.
///
/// The start of a block closes what is due by its time: deposit periods, votes, and what proposals that are over leave
/// behind, in bounded batches. The end of a block does one thing: it executes a proposal, one at most. Should that fail in a
/// way that takes the whole hook with it, the next block finds the mark of it, and the proposal has failed.
public struct Governance: ProtocolModule {
    /// What it can be told.
    public typealias Message = GovernanceMessage
    /// What it records.
    public typealias Event = GovernanceEvent
    /// What it can be asked.
    public typealias Query = GovernanceQuery

    /// `governance`.
    public static let manifest = Manifest(
        name: GovernanceEvent.moduleName,
        version: "1.0.0",
        requires: ["bank", "staking"],
        summary: "Proposals, deposits and votes, by the rules of the Cosmos SDK",
        isAuthority: true
    )

    let collections = GovernanceState()

    /// The module.
    public init() {}

    /// Decides on a message of an account, or of an instance.
    public func handle(_ message: GovernanceMessage, _ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        switch message.message {
        case .submit(let request): try submit(request, sender, context)
        case .deposit(let request): try deposit(request, sender, context)
        case .vote(let request): try vote(request.options, on: request.proposal, by: sender, context)
        case .cancel(let request): try cancel(request.proposal, sender, context)
        case .withdrawDeposit(let request): try withdrawDeposit(on: request.proposal, sender, context)
        case .setWeight(let request): try setWeight(request, sender, context)
        case nil:
            throw ModuleError(.unknownMessage, "the message for governance says nothing: set one of its requests")
        }
    }

    /// Projects one event onto the state.
    public func apply(_ event: GovernanceEvent, to state: StateWriter) throws(ModuleError) {
        try collections.apply(event, to: state)
    }

    /// Follows native staking, all of it: sub-accounts vote like others. And votes as instances say for theirs.
    public var subscriptions: [Subscription<Governance>] {
        [
            .onTrait({ $0 == StakingEvent.self }) { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? StakingEvent else { return }
                try module.follow(event, origin, context)
            },
            .onTrait({ $0 is any CastsVotes.Type }) { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? any CastsVotes else { return }
                try module.cast(try event.castVotes, origin, context)
            },
        ]
    }

    /// Closes what is due, and names the proposal that the end of the block executes.
    public func beginBlock(_ context: Context) throws(ModuleError) {
        guard try collections.rules.value(in: context) != nil else { return }
        try failInterruptedExecution(context)
        try endDepositPeriods(context)
        try endVotes(context)
        try startWaitingVotes(context)
        try beginExecution(context)
        try clear(context)
    }

    /// Executes the proposal that the start of the block named.
    public func endBlock(_ context: Context) throws(ModuleError) { try execute(context) }
}
