import Foundation
public import ModuleKit
public import StakingEvents
import StakingTesting
public import VaultEvents

/// A lien holder for the stake of another chain, which takes every lien; and the slashing module of this one.
struct Desk: ProtocolModule {
    static let manifest = Manifest(name: "desk", version: "1.0.0", requires: ["vault"])

    func handle(_ message: DeskMessage, _ context: Context) throws(ModuleError) { try context.emit(message.record) }
    func apply(_ event: DeskEvent, to state: StateWriter) throws(ModuleError) {}
    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    var subscriptions: [Subscription<Desk>] {
        [
            .on(VaultEvent.self) { (_, event, origin, context) throws(ModuleError) in
                guard case .lienRequested(let request) = event.event else { return }
                try context.emit(
                    .with {
                        $0.taken = .with {
                            $0.vault = origin.instance.number
                            $0.owner = request.owner
                            $0.transaction = request.transaction
                            $0.amount = request.amount.amount
                        }
                    }
                )
            }
        ]
    }
}

extension DeskMessage: MessageVocabulary {}

extension DeskEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [EventKind(1, "taken"), EventKind(2, "lost"), EventKind(3, "punished")]
    /// The description of `desk.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: deskDescriptorSetBase64) ?? Data())
}

extension DeskEvent: HoldsLiens {
    /// Half of a lien can be slashed.
    public var lienStatements: [LienStatement] {
        get throws(ModuleError) {
            switch event {
            case .taken(let event):
                let owner = try Address(bech32: event.owner)
                let action = LienStatement.Action.accept(transaction: event.transaction, slashable: .percent(50))
                return [
                    LienStatement(vault: event.vault, owner: owner, action: action),
                    LienStatement(vault: event.vault, owner: owner, action: .commit(try Amount(event.amount))),
                ]
            case .lost(let event):
                let action = LienStatement.Action.slash(validator: "afar", try Amount(event.amount))
                return [LienStatement(vault: event.vault, owner: try Address(bech32: event.owner), action: action)]
            default: return []
            }
        }
    }
}

extension DeskEvent: PunishesValidators {
    /// The slash of an event.
    public var punishments: [ValidatorPunishment] {
        get throws(ModuleError) {
            guard case .punished(let slash) = event else { return [] }
            return [try slash.punishment]
        }
    }
}
