public import BankEvents
import Foundation
public import ModuleKit
public import RewardsEvents
public import StakingEvents
import StakingTesting

/// Records what it is told; stands in for the modules that punish, stake, and withdraw rewards by events, and for the host that
/// charges fees.
struct Clerk: ProtocolModule {
    typealias Message = ClerkMessage
    typealias Event = ClerkEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "clerk", version: "1.0.0")
    static let address = Address(moduleName: "clerk")

    func handle(_ message: ClerkMessage, _ context: Context) throws(ModuleError) { try context.emit(message.event) }
    func apply(_ event: ClerkEvent, to state: StateWriter) throws(ModuleError) {}
}

extension ClerkMessage: MessageVocabulary {}

extension ClerkEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "slashed"), EventKind(2, "jailed"), EventKind(3, "staked"), EventKind(4, "unstaked"),
        EventKind(5, "withdrew"), EventKind(6, "paid"), EventKind(7, "charged"),
    ]
    /// The description of `clerk.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: clerkDescriptorSetBase64) ?? Data())
}

extension ClerkEvent: PunishesValidators {
    /// What the event does to validators.
    public var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            switch event {
            case .slashed(let slash): [try slash.punishment]
            case .jailed(let jail): [try jail.punishment]
            default: []
            }
        }
    }
}

extension ClerkEvent: OrdersStake, OrdersRewards, MovesCoins {
    /// What the event stakes or takes back.
    public var stakeOrders: [StakeOrder] {
        get throws(ModuleError) {
            switch event {
            case .staked(let stake): [try stake.order(.delegate)]
            case .unstaked(let stake): [try stake.order(.undelegate)]
            default: []
            }
        }
    }

    /// What the event withdraws.
    public var rewardOrders: [RewardOrder] {
        get throws(ModuleError) {
            guard case .withdrew(let event) = event else { return [] }
            let owner = event.owner.isEmpty ? nil : try Address(bech32: event.owner)
            return [RewardOrder(validator: try Address(bech32: event.validator), owner: owner)]
        }
    }

    /// What is to be staked, and what is paid to its recipient in the same event.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .staked(let stake): return [try stake.payment(from: Clerk.address)]
            case .paid(let event):
                let recipient = try Address(bech32: event.recipient)
                return [.transfer(try Coins(event.amount), from: Clerk.address, to: recipient)]
            default: return []
            }
        }
    }
}

extension ClerkEvent: ChargesFees {
    /// What the event charges.
    public var fee: Fee? {
        get throws(ModuleError) {
            guard case .charged(let event) = event else { return nil }
            return Fee(try Coins(event.amount), from: try Address(bech32: event.payer))
        }
    }
}
