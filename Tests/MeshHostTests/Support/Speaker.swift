public import BankEvents
import Foundation
public import ModuleKit

/// A module that tells others what it is told to tell them, in its own name; governance, as it were.
///
/// Its configuration is `{"motto": "…"}`.
struct Speaker: ProtocolModule {
    typealias Message = SpeakerMessage
    typealias Event = SpeakerEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "speaker", version: "1.0.0", requires: ["bank"], isAuthority: true)

    let motto = StateItem<String>(1, "motto")

    func handle(_ message: SpeakerMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .speak(let speech): try speak(speech, context)
        case .attempt(let speech):
            do throws(ModuleError) {
                try speak(speech, context)
            } catch {
                try context.emit(.with { $0.silenced.reason = error.message })
            }
        case nil: throw ModuleError(.unknownMessage, "nothing to say")
        }
    }

    private func speak(_ speech: SpeakerSpeech, _ context: Context) throws(ModuleError) {
        var spoken = speech
        spoken.payer = context.addresses.format(try context.requireSender(), as: .account)
        spoken.purse = context.addresses.format(context.identity.address, as: .account)
        try context.emit(.with { $0.spoken = spoken })
    }

    /// Records, with its motto, who administers it and the chain.
    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let text = { (address: Address?) in address.map { context.addresses.format($0, as: .account) } ?? "" }
        let admin = text(try context.admin(of: context.identity.number))
        let authority = text(try context.authority())
        let motto = try configuration["motto"].optional?.string() ?? ""
        try context.emit(
            .with {
                $0.configured.admin = admin
                $0.configured.authority = authority
                $0.configured.motto = motto
            }
        )
    }

    func apply(_ event: SpeakerEvent, to state: StateWriter) throws(ModuleError) {
        if case .configured(let configured) = event.event { try motto.set(configured.motto, in: state) }
    }
}

extension SpeakerMessage: MessageVocabulary {}

extension SpeakerEvent: EventVocabulary {
    /// Every kind of event that the speaker records.
    public static let kinds = [EventKind(1, "spoken"), EventKind(2, "silenced"), EventKind(3, "configured")]

    /// The descriptor set of `speaker.proto`.
    public static let descriptorSet: [UInt8] = Array(Data(base64Encoded: speakerDescriptorSetBase64) ?? Data())
}

extension SpeakerEvent: SendsMessages {
    /// The lines of a speech.
    public var outgoingMessages: [OutgoingMessage] {
        guard case .spoken(let speech) = event else { return [] }
        return speech.lines.map { OutgoingMessage(to: $0.instance, payload: Array($0.payload)) }
    }
}

extension SpeakerEvent: MovesCoins {
    /// The fee of a speech.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            guard case .spoken(let speech) = event, speech.fee > 0 else { return [] }
            let coins = Coins(Coin(Amount(UInt128(speech.fee)), try Denom("umesh")))
            return [
                .transfer(coins, from: try Address(bech32: speech.payer), to: try Address(bech32: speech.purse))
            ]
        }
    }
}
