public import BankEvents
import Foundation
public import ModuleKit

/// A module that records what it is told to, so that tests can have any instance move any coins.
///
/// It vetoes transfers of the denomination `veto`.
struct Pool: ProtocolModule {
    static let manifest = Manifest(name: "pool", version: "1.0.0")

    func handle(_ message: PoolMessage, _ context: Context) throws(ModuleError) { try context.emit(message.record) }

    func apply(_ event: PoolEvent, to state: StateWriter) {}

    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    var subscriptions: [Subscription<Pool>] {
        [
            .on(BankEvent.self) { (_, event, _, _) throws(ModuleError) in
                guard event.transferred.amount.contains(where: { $0.denom == "veto" }) else { return }
                throw ModuleError(.unauthorized, "the pool does not like this transfer")
            }
        ]
    }
}

extension PoolMessage: MessageVocabulary {}

extension PoolEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [
        EventKind(1, "moved", privilege: Privilege("pool/move")),
        EventKind(2, "claimed"),
        EventKind(3, "offset_moved", privilege: Privilege("pool/move")),
        EventKind(4, "moved_unprivileged"),
        EventKind(5, "moved_finally", delivery: .final),
    ]
    /// The description of `pool.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: poolDescriptorSetBase64) ?? Data())
}

extension PoolEvent: MovesCoins, DeclaresModuleAccounts, OffsetsSupply {
    /// What it was told to move.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            let told: PoolMoved
            switch event {
            case .moved(let moved), .movedUnprivileged(let moved), .movedFinally(let moved): told = moved
            default: return []
            }
            var movements: [CoinMovement] = []
            for movement in told.movements { movements.append(try movement.coinMovement()) }
            return movements
        }
    }

    /// What it was told to claim.
    public var moduleAccounts: [ModuleAccountDeclaration] {
        guard case .claimed(let claim) = event else { return [] }
        let permissions = claim.permissions.compactMap { BankPermission(rawValue: Int($0)) }
        return [
            ModuleAccountDeclaration(
                claim.name,
                domain: claim.hasDomain ? claim.domain : nil,
                permissions: permissions,
                acceptsSends: claim.acceptsSends
            )
        ]
    }

    /// What it was told to offset.
    public var supplyOffsets: [SupplyOffset] {
        get throws(ModuleError) {
            guard case .offsetMoved(let offset) = event else { return [] }
            return [SupplyOffset(try Denom(offset.denom), try SignedAmount(offset.change), by: offset.moduleAccount)]
        }
    }
}

extension PoolMovement {
    fileprivate func coinMovement() throws(ModuleError) -> CoinMovement {
        let coins = try Coins(self.coins)
        if fromAddress.isEmpty {
            return .minting(coins, to: try Address(bech32: toAddress), by: moduleAccount)
        }
        let from = try Address(bech32: fromAddress)
        if toAddress.isEmpty { return .burning(coins, from: from, by: moduleAccount) }
        let to = try Address(bech32: toAddress)
        switch purpose {
        case .delegation: return .delegation(coins, from: from, to: to)
        case .undelegation: return .undelegation(coins, from: from, to: to)
        default: return .transfer(coins, from: from, to: to)
        }
    }
}
