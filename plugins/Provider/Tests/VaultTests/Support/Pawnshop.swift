public import BankEvents
import Foundation
public import ModuleKit
public import VaultEvents

/// Which of the pawnshops of a chain one is: the name of its module.
protocol PawnshopName: Sendable {
    static var text: String { get }
}

/// A module that holds liens and does with them what it is told, right or wrong.
///
/// Without being told anything, it takes every lien at 10%, commits local ones at once, settles cuts, and, as the local
/// staking of its chain, gives the coins of cuts back.
struct Pawnshop<Name: PawnshopName>: ProtocolModule {
    static var manifest: Manifest { Manifest(name: Name.text, version: "1.0.0", requires: ["vault"]) }

    let manners = StateItem<PawnshopManners>(1, "manners")

    func handle(_ message: PawnshopMessage, _ context: Context) throws(ModuleError) { try context.emit(message.record) }

    func apply(_ event: PawnshopEvent, to state: StateWriter) throws(ModuleError) {
        if case .told(let told) = event.event { try manners.set(told, in: state) }
    }

    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let slashable = try configuration["slashable"].optional?.string() ?? "0.1"
        try context.emit(.with { $0.told.slashable = slashable })
    }

    var subscriptions: [Subscription<Pawnshop>] {
        [
            .on(VaultEvent.self) { (shop, event, origin, context) throws(ModuleError) in
                switch event.event {
                case .lienRequested(let request): try shop.answer(request, origin.instance, context)
                case .lienCut(let cut): try shop.answer(cut, origin.instance, context)
                default: return
                }
            }
        ]
    }

    private func answer(_ request: VaultLienRequested, _ vault: InstanceIdentity, _ context: Context)
        throws(ModuleError)
    {
        let manners = try manners.value(in: context) ?? PawnshopManners()
        switch manners.requestAnswer {
        case .ignore: return
        case .refuse: throw ModuleError(PawnshopRefusal.code, "not this one")
        default: break
        }
        let acceptance = PawnshopStatement.with {
            $0.vault = vault.number
            $0.owner = request.owner
            $0.accept.transaction = request.transaction
            $0.accept.slashable = manners.slashable
        }
        let count = manners.requestAnswer == .acceptTwice ? 2 : 1
        try context.emit(.with { $0.stated.statements = Array(repeating: acceptance, count: count) })
        guard manners.commits || request.purpose == .local else { return }
        let commit = PawnshopStatement.with {
            $0.vault = vault.number
            $0.owner = request.owner
            $0.commit = request.amount.amount
        }
        try context.emit(.with { $0.stated.statements = [commit] })
    }

    private func answer(_ cut: VaultLienCut, _ vault: InstanceIdentity, _ context: Context) throws(ModuleError) {
        let manners = try manners.value(in: context) ?? PawnshopManners()
        switch manners.cutAnswer {
        case .ignore: return
        case .throw: throw ModuleError(PawnshopRefusal.code, "never")
        default: break
        }
        let settled = PawnshopStatement.with {
            $0.vault = vault.number
            $0.owner = cut.owner
            $0.settleCut = manners.inFlight.isEmpty ? "0" : manners.inFlight
        }
        let payment = PawnshopPayment.with {
            $0.fromAddress = context.addresses.format(context.identity.address, as: .account)
            $0.toAddress = context.addresses.format(VaultEvent.moduleAccount(of: vault.number).address, as: .account)
            $0.coin.denom = "uatom"
            $0.coin.amount = cut.amount
        }
        let isLocal = Name.text == "local-staking" && manners.cutAnswer != .lie
        try context.emit(
            .with {
                $0.stated.statements = [settled]
                if isLocal { $0.stated.payment = payment }
            }
        )
    }
}

enum PawnshopRefusal {
    /// What a pawnshop throws when it was told to.
    static let code = ModuleError.Code("pawnshop", 77)
}

extension PawnshopMessage: MessageVocabulary {}
extension PawnshopManners: StateValue {}

extension PawnshopEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [EventKind(1, "told"), EventKind(2, "stated")]
    /// The description of `pawnshop.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: pawnshopDescriptorSetBase64) ?? Data())
}

extension PawnshopEvent: HoldsLiens {
    /// What it was told to say.
    public var lienStatements: [LienStatement] {
        get throws(ModuleError) {
            var statements: [LienStatement] = []
            for statement in stated.statements {
                let action: LienStatement.Action =
                    switch statement.action {
                    case .accept(let acceptance):
                        .accept(
                            transaction: acceptance.transaction,
                            slashable: try Decimal18(acceptance.slashable)
                        )
                    case .commit(let amount): .commit(try Amount(amount))
                    case .rollBack(let amount): .rollBack(try Amount(amount))
                    case .release(let amount): .release(try Amount(amount))
                    case .slash(let loss): .slash(validator: loss.validator, try Amount(loss.amount))
                    case .settleCut(let inFlight): .settleCut(inFlight: try Amount(inFlight))
                    case nil: throw ModuleError(.invalidArgument, "a statement says nothing")
                    }
                statements.append(
                    LienStatement(
                        vault: statement.vault,
                        owner: try Address(bech32: statement.owner),
                        action: action
                    )
                )
            }
            return statements
        }
    }
}

extension PawnshopEvent: MovesCoins {
    /// What it pays.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            guard case .stated(let stated) = event, stated.hasPayment else { return [] }
            let payment = stated.payment
            let from = try Address(bech32: payment.fromAddress)
            let to = try Address(bech32: payment.toAddress)
            return [.transfer(Coins(try payment.coin.coin()), from: from, to: to)]
        }
    }
}
