public import BankEvents
import Foundation
public import ModuleKit
public import StakingEvents
import StakingTesting

/// Records what it is told; stands in for the modules that punish and stake by events.
struct Probe: ProtocolModule {
    typealias Message = ProbeMessage
    typealias Event = ProbeEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "probe", version: "1.0.0")

    func handle(_ message: ProbeMessage, _ context: Context) throws(ModuleError) { try context.emit(message.event) }
    func apply(_ event: ProbeEvent, to state: StateWriter) throws(ModuleError) {}
}

extension ProbeMessage: MessageVocabulary {}

extension ProbeEvent: EventVocabulary {
    /// Every kind of event.
    public static let kinds = [
        EventKind(1, "slashed"), EventKind(2, "jailed"), EventKind(3, "tombstoned"), EventKind(4, "unjailed"),
        EventKind(5, "staked"), EventKind(6, "unstaked"),
        EventKind(7, "unstaked_at_once", privilege: Privilege("probe/unstake")),
        EventKind(8, "presumptuous"), EventKind(9, "restaked"),
        EventKind(10, "staked_on_grant", privilege: Privilege("probe/unstake")),
    ]
    /// The description of `probe.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: probeDescriptorSetBase64) ?? Data())
}

extension ProbeEvent: PunishesValidators {
    /// What the event does to validators.
    public var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            switch event {
            case .slashed(let slash): [try slash.punishment]
            case .jailed(let jail): [try jail.punishment]
            case .tombstoned(let tombstone): [try tombstone.punishment]
            case .unjailed(let unjail): [try unjail.punishment]
            default: []
            }
        }
    }
}

extension ProbeEvent: OrdersStake, MovesCoins {
    static let address = Address(moduleName: "probe")

    /// What the event stakes or takes back.
    public var stakeOrders: [StakeOrder] {
        get throws(ModuleError) {
            switch event {
            case .staked(let stake), .stakedOnGrant(let stake): [try stake.order(.delegate)]
            case .unstaked(let stake): [try stake.order(.undelegate)]
            case .unstakedAtOnce(let stake), .presumptuous(let stake): [try stake.order(.undelegateAtOnce)]
            case .restaked(let restake): [try restake.order]
            default: []
            }
        }
    }

    /// What is to be staked.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .staked(let stake), .stakedOnGrant(let stake): [try stake.payment(from: Self.address)]
            default: []
            }
        }
    }
}
