import ModuleKit

/// A module that records how its grant of `ledger/mint` changes: what it was told on one side, what it then holds on the other.
struct Holder: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = LedgerEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "holder", version: "1.0.0")

    /// Whether it mints at every change, as one that takes back what it has.
    var minting = false
    /// The most that it takes when it is offered; nil for anything.
    var capMax: Amount?

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}

    func apply(_ event: LedgerEvent, to state: StateWriter) throws(ModuleError) {}

    var subscriptions: [Subscription<Holder>] {
        [
            .onTraitAddressed({ $0 is any OffersGrants.Type }) { (holder, event, _, context) throws(ModuleError) in
                guard let offer = try (event as? any OffersGrants)?.grantOffer else { return }
                guard offer.instance == context.identity.number, try context.grant(of: offer.privilege) != offer.grant
                else { throw ModuleError(.invalidState, "this is no offer") }
                try context.emit(.set("offered", Self.text(offer.grant), 1))
                guard let capMax = holder.capMax, let grant = offer.grant else { return }
                guard let cap = grant.cap, cap <= capMax else {
                    throw ModuleError(.scripted, "more than \(capMax) is too much")
                }
            },
            .onTraitAddressed({ $0 is any ChangesGrants.Type }) {
                (holder, event, origin, context) throws(ModuleError) in
                guard let change = try (event as? any ChangesGrants)?.grantChange,
                    change.privilege == .ledgerMint
                else { return }
                guard change.instance == context.identity.number else {
                    throw ModuleError(.invalidState, "this is about somebody else")
                }
                guard origin.signer == nil, context.sender == nil else {
                    throw ModuleError(.unauthorized, "somebody has signed for what was decided")
                }
                let held = try context.grant(of: .ledgerMint)
                try context.emit(.set(Self.text(change.grant), Self.text(held), 1))
                if holder.minting { try context.emit(.with { $0.minted = 1 }) }
            },
        ]
    }

    private static func text(_ grant: Grant?) -> String {
        guard let grant else { return "none" }
        return grant.cap.map { "\($0)" } ?? "no cap"
    }
}
