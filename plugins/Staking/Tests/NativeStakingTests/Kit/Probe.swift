public import BankEvents
import Foundation
public import ModuleKit
public import StakingEvents

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
            case .slashed(let slash):
                let action = ValidatorPunishment.Action.slash(
                    fraction: try Decimal18(slash.fraction),
                    infractionHeight: slash.infractionHeight,
                    power: slash.power
                )
                return [ValidatorPunishment(consensusAddress: try Address(bytes: slash.consensusAddress), action)]
            case .jailed(let jail):
                let until = jail.untilNanoseconds == 0 ? nil : Timestamp(nanoseconds: jail.untilNanoseconds)
                let address = try Address(bytes: jail.consensusAddress)
                return [ValidatorPunishment(consensusAddress: address, .jail(until: until))]
            case .tombstoned(let event):
                return [ValidatorPunishment(consensusAddress: try Address(bytes: event.consensusAddress), .tombstone)]
            case .unjailed(let event):
                return [ValidatorPunishment(consensusAddress: try Address(bytes: event.consensusAddress), .unjail)]
            default: return []
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
            case .staked(let event), .stakedOnGrant(let event):
                return [try order(.delegate, event.amount, event.validator, event.owner)]
            case .unstaked(let event): return [try order(.undelegate, event.amount, event.validator, event.owner)]
            case .unstakedAtOnce(let event), .presumptuous(let event):
                return [try order(.undelegateAtOnce, event.amount, event.validator, event.owner)]
            case .restaked(let event):
                let action = StakeOrder.Action.redelegate(to: try Address(bech32: event.destination))
                return [try order(action, event.amount, event.validator, event.owner)]
            default: return []
            }
        }
    }

    private func order(_ action: StakeOrder.Action, _ coin: ProtoCoin, _ validator: String, _ owner: String)
        throws(ModuleError) -> StakeOrder
    {
        StakeOrder(
            action,
            try Amount(coin.amount),
            validator: try Address(bech32: validator),
            owner: owner.isEmpty ? nil : try Address(bech32: owner)
        )
    }

    /// What is to be staked goes to the account for orders, in the same event.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .staked(let event), .stakedOnGrant(let event):
                let coins = Coins(Coin(try Amount(event.amount.amount), try Denom(event.amount.denom)))
                return [.transfer(coins, from: Self.address, to: StakingOrders.accountAddress)]
            default: return []
            }
        }
    }
}
