import Foundation
public import ModuleKit
public import VaultEvents

/// A holder that takes every lien, and fails whenever one is cut.
struct Grudge: ProtocolModule {
    static let manifest = Manifest(name: "grudge", version: "1.0.0", requires: ["vault"])
    static let refusal = ModuleError.Code("grudge", 1)

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}
    func apply(_ event: GrudgeEvent, to state: StateWriter) throws(ModuleError) {}
    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    var subscriptions: [Subscription<Grudge>] {
        [
            .on(VaultEvent.self) { (_, event, origin, context) throws(ModuleError) in
                switch event.event {
                case .lienRequested(let request):
                    try context.emit(
                        .with {
                            $0.taken.vault = origin.instance.number
                            $0.taken.transaction = request.transaction
                            $0.taken.owner = request.owner
                            $0.taken.amount = request.amount.amount
                        }
                    )
                case .lienCut: throw ModuleError(Self.refusal, "never")
                default: return
                }
            }
        ]
    }
}

extension GrudgeEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [EventKind(1, "taken")]
    /// The description of `grudge.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: grudgeDescriptorSetBase64) ?? Data())
}

extension GrudgeEvent: HoldsLiens {
    /// Half of a lien can be slashed.
    public var lienStatements: [LienStatement] {
        get throws(ModuleError) {
            let owner = try Address(bech32: taken.owner)
            return [
                LienStatement(
                    vault: taken.vault,
                    owner: owner,
                    action: .accept(transaction: taken.transaction, slashable: .percent(50))
                ),
                LienStatement(vault: taken.vault, owner: owner, action: .commit(try Amount(taken.amount))),
            ]
        }
    }
}
