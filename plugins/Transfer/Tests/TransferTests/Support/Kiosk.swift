internal import Foundation
public import ModuleKit
public import TransferEvents

/// A module whose instances are called by memos, and do as they are told: `{"visit":{}}`, `{"refuse":{}}`.
///
/// With `{"impostor":{}}` the others of its kind answer in place of the one that was called. Kiosks can't bear it when the
/// tokens of somebody called a spoilsport go back, or are owed.
struct Kiosk: ProtocolModule, TransferHookReceiver {
    static let manifest = Manifest(name: "kiosk", version: "1.0.0")
    /// What it throws when it is told to refuse.
    static let refusal = ModuleError.Code("kiosk", 77)

    func handle(_ message: KioskMessage, _ context: Context) throws(ModuleError) { try context.emit(message.record) }

    func apply(_ event: KioskEvent, to state: StateWriter) {}

    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    func receive(_ call: TransferHookCall, _ context: Context) throws(ModuleError) {
        guard call.message["refuse"] == nil else { throw ModuleError(Self.refusal, "the kiosk is closed") }
        try context.emit(
            .with {
                $0.visited.caller = context.addresses.format(call.caller, as: .account)
                $0.visited.message = JSONValue.object(call.message).text()
                $0.visited.coin = ProtoCoin(call.coin)
            }
        )
    }

    var subscriptions: [Subscription<Kiosk>] {
        [
            .on(TransferEvent.self) { (_, event, _, context) throws(ModuleError) in
                guard case .hookCalled(let called) = event.event, called.message.contains("impostor"),
                    try Address(bech32: called.contract) != context.identity.address
                else { return }
                let answer = TransferHookAnswer.with {
                    $0.portID = called.portID
                    $0.channelID = called.channelID
                    $0.sequence = called.sequence
                }
                try context.emit(KioskEvent(transferHookAnswer: answer))
            },
            .on(TransferEvent.self) { (_, event, _, _) throws(ModuleError) in
                let receivers = [event.refunded.parcel.receiver, event.refundOwed.refund.parcel.receiver]
                guard !receivers.contains("spoilsport") else { throw ModuleError(Self.refusal, "never") }
            },
            .transferHooks,
        ]
    }
}

extension KioskMessage: MessageVocabulary {}

extension KioskEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [EventKind(1, "visited"), EventKind(2, "hook_answered")]
    /// The description of `kiosk.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: kioskDescriptorSetBase64) ?? Data())
}

extension KioskEvent: AnswersTransferHooks {
    /// An answer.
    public init(transferHookAnswer: TransferHookAnswer) {
        self = .with { $0.hookAnswered = transferHookAnswer }
    }

    /// The answer in this event.
    public var transferHookAnswer: TransferHookAnswer? {
        if case .hookAnswered(let answer) = event { answer } else { nil }
    }
}
