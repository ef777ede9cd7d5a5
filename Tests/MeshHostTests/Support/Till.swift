import Counter
import ModuleKit

/// A module that takes fees, as rewards does: they go to its own address. It takes umesh alone, and speaks with the speaker's words.
struct Till: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = SpeakerEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "till", version: "1.0.0", requires: ["bank"], takesFees: true)

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {
        throw ModuleError(.unknownMessage, "a till does not listen")
    }

    func apply(_ event: SpeakerEvent, to state: StateWriter) throws(ModuleError) {}

    var subscriptions: [Subscription<Till>] {
        [
            .onTrait({ $0 is any ChargesFees.Type }) { (_, event, origin, context) throws(ModuleError) in
                guard let fee = try (event as? any ChargesFees)?.fee else { return }
                guard origin.signer == fee.payer, fee.coins.count == 1, let coin = fee.coins.elements.first,
                    coin.denom.text == "umesh", let amount = UInt64(exactly: coin.amount.units)
                else { throw ModuleError(.invalidCoins, "only umesh is taken, of the one who signed") }
                try context.emit(
                    .with {
                        $0.spoken.payer = context.addresses.format(fee.payer, as: .account)
                        $0.spoken.purse = context.addresses.format(context.identity.address, as: .account)
                        $0.spoken.fee = amount
                    }
                )
            }
        ]
    }
}

/// A second module that takes fees.
struct SecondTill: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = SpeakerEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "second-till", version: "1.0.0", takesFees: true)

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {}

    func apply(_ event: SpeakerEvent, to state: StateWriter) throws(ModuleError) {}
}
