public import BankEvents
import Foundation
public import GovernanceEvents
public import ModuleKit
public import StakingEvents
import StakingTesting

/// Does what it is told: stakes and votes in the name of sub-accounts, slashes, refuses, and notes who told it something.
///
/// It takes the part of local staking, of the slashing module, and of any instance that governance sends messages to.
struct Usher: ProtocolModule {
    typealias Message = UsherMessage
    typealias Event = UsherEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "usher", version: "1.0.0", requires: [GovernanceEvent.moduleName])
    /// What it throws when it is told to refuse.
    static let refusal = ModuleError.Code("usher", 1)

    let notes = StateItem<UInt64>(1, "notes")

    func handle(_ message: UsherMessage, _ context: Context) throws(ModuleError) {
        let sender = context.addresses.format(try context.requireSender(), as: .account)
        switch message.message {
        case .stake(let request): try context.emit(.with { $0.staked = request })
        case .unstake(let request): try context.emit(.with { $0.unstaked = request })
        case .restake(let request): try context.emit(.with { $0.restaked = request })
        case .vote(let request): try context.emit(.with { $0.voteCast = request })
        case .slash(let request): try context.emit(.with { $0.slashed = request })
        case .note: try context.emit(.with { $0.noted.sender = sender })
        case .flood(let request):
            for _ in 0..<request.count { try context.emit(.with { $0.noted.sender = sender }) }
        case .refuse(let request):
            if request.unlessNoted, try notes.value(in: context) != nil { return }
            throw ModuleError(Self.refusal, "the usher shakes his head")
        case nil: throw ModuleError(.unknownMessage, "nothing")
        }
    }

    func apply(_ event: UsherEvent, to state: StateWriter) throws(ModuleError) {
        guard case .noted = event.event else { return }
        try notes.set((try notes.value(in: state) ?? 0) + 1, in: state)
    }
}

extension UsherMessage: MessageVocabulary {}

extension UsherEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "staked"), EventKind(2, "vote_cast"), EventKind(3, "noted"), EventKind(4, "unstaked"),
        EventKind(5, "slashed"), EventKind(6, "restaked"),
    ]
    /// The description of `usher.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: usherDescriptorSetBase64) ?? Data())
}

extension UsherEvent: CastsVotes {
    /// A plain vote.
    public var castVotes: [CastVote] {
        get throws(ModuleError) {
            guard case .voteCast(let vote) = event else { return [] }
            let option = GovernanceWeightedOption.with {
                $0.option = GovernanceVoteOption(rawValue: Int(vote.option)) ?? .unspecified
                $0.weight = "1"
            }
            return [CastVote(proposal: vote.proposal, options: [option], owner: try Address(bech32: vote.owner))]
        }
    }
}

extension UsherEvent: PunishesValidators {
    /// A slash.
    public var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            guard case .slashed(let slash) = event else { return [] }
            return [try slash.punishment]
        }
    }
}

extension UsherEvent: OrdersStake, MovesCoins {
    /// What the event stakes, moves or takes back.
    public var stakeOrders: [StakeOrder] {
        get throws(ModuleError) {
            switch event {
            case .staked(let stake): [try stake.order(.delegate)]
            case .unstaked(let stake): [try stake.order(.undelegate)]
            case .restaked(let restake): [try restake.order]
            default: []
            }
        }
    }

    /// What is to be staked.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            guard case .staked(let stake) = event else { return [] }
            return [try stake.payment(from: Address(moduleName: "usher"))]
        }
    }
}
