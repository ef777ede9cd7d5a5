import BankEvents
import Counter
import Foundation
import ModuleKit

/// A module with a capped privilege, `bank/mint`: every change of its grant it answers with a privileged event of its own.
///
/// Its total is the cap that it was last told; one that was told of no cap counts 7.
struct Minter: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = BankEvent
    typealias Query = CounterQuery

    static let manifest = Manifest(name: "minter", version: "1.0.0")

    let total = StateItem<UInt64>(1, "total")
    /// Whether it fails on changes of its grant.
    var isFailing = false
    /// The most that it takes when it is offered a grant; nil for anything.
    var capMax: Amount?

    /// Mints, up to the cap.
    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {
        let amount = Amount(UInt128(message.increment.by))
        if let cap = try context.grant(of: .bankMint)?.cap, amount > cap {
            throw ModuleError(.limitExceeded, "\(amount) is over the cap of \(cap)")
        }
        try mint(amount, context)
    }

    var subscriptions: [Subscription<Minter>] {
        [
            .onTraitAddressed({ $0 is any OffersGrants.Type }) { (minter, event, _, context) throws(ModuleError) in
                guard let offer = try (event as? any OffersGrants)?.grantOffer, let capMax = minter.capMax else {
                    return
                }
                guard offer.instance == context.identity.number, let cap = offer.grant?.cap, cap <= capMax else {
                    throw ModuleError(.limitExceeded, "more than \(capMax) is too much")
                }
            },
            .onTraitAddressed({ $0 is any ChangesGrants.Type }) {
                (minter, event, origin, context) throws(ModuleError) in
                guard let change = try (event as? any ChangesGrants)?.grantChange,
                    change.privilege == .bankMint
                else { return }
                guard change.instance == context.identity.number else {
                    throw ModuleError(.invalidState, "this is about somebody else")
                }
                guard origin.signer == nil, context.sender == nil else {
                    throw ModuleError(.unauthorized, "somebody has signed for what was decided")
                }
                guard let grant = change.grant else { return }
                guard try context.grant(of: .bankMint) == grant else {
                    throw ModuleError(.invalidState, "the grant is not what was told")
                }
                try minter.mint(grant.cap ?? Amount(7), context)
                if minter.isFailing { throw ModuleError(.invalidState, "failing on purpose") }
            },
        ]
    }

    private func mint(_ amount: Amount, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.minted.amount = [
                    .with {
                        $0.denom = "umesh"
                        $0.amount = amount.description
                    }
                ]
            }
        )
    }

    func apply(_ event: BankEvent, to state: StateWriter) throws(ModuleError) {
        try total.set(UInt64(event.minted.amount.first?.amount ?? "") ?? 0, in: state)
    }

    func answer(_ query: CounterQuery, _ state: StateReader) throws(ModuleError) -> CounterAnswer {
        let value = try total.value(in: state) ?? 0
        return .with { $0.value = value }
    }
}
