internal import Foundation
public import ModuleKit
public import TransferEvents

/// A module whose instances are called by memos, and do as they are told: `{"visit":{}}`, `{"refuse":{}}`.
///
/// With `{"impostor":{}}` the others of its kind answer in place of the one that was called. Kiosks can't bear it when the
/// tokens of somebody called a spoilsport arrive, go back, or are owed. What is for a kiosk alone, it notes.
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
            // An impostor hears what is for others.
            .onTrait({ $0 == TransferEvent.self }) { (_, event, _, context) throws(ModuleError) in
                guard case .hookCalled(let called) = (event as? TransferEvent)?.event,
                    called.message.contains("impostor"),
                    try Address(bech32: called.contract) != context.identity.address
                else { return }
                let answer = TransferHookAnswer.with {
                    $0.portID = called.portID
                    $0.channelID = called.channelID
                    $0.sequence = called.sequence
                }
                try context.emit(KioskEvent(transferHookAnswer: answer))
            },
            .on(TransferEvent.self) { (_, event, origin, context) throws(ModuleError) in
                if event.addressee != nil, let parcel = event.parcel {
                    try context.emit(
                        .with {
                            $0.told.kind = origin.kind.name
                            $0.told.parcel = parcel
                        }
                    )
                }
                let isSettled = origin.kind.delivery == .final
                guard !isSettled || event.parcel?.receiver != "spoilsport" else {
                    throw ModuleError(Self.refusal, "never")
                }
            },
            .transferHooks,
        ]
    }
}

extension KioskMessage: MessageVocabulary {}

extension KioskEvent: EventVocabulary {
    /// Every kind.
    public static let kinds = [
        EventKind(1, "visited"), EventKind(2, "hook_answered"), EventKind(3, "ordered"), EventKind(4, "told"),
    ]
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

extension KioskEvent: OrdersTransfers {
    /// What is to be sent.
    public var transferOrders: [TransferOrder] {
        get throws(ModuleError) {
            var orders: [TransferOrder] = []
            for order in ordered.orders {
                orders.append(
                    TransferOrder(
                        transfer: order.transfer,
                        channel: order.channel,
                        coin: try order.token.coin(),
                        receiver: order.receiver,
                        memo: order.memo,
                        timeout: Timestamp(nanoseconds: order.timeout),
                        reference: order.reference
                    )
                )
            }
            return orders
        }
    }
}

extension TransferEvent {
    /// The parcel that the event is about; nil where it is about none.
    fileprivate var parcel: TransferParcel? {
        switch event {
        case .received(let event): event.parcel
        case .delivered(let event): event.parcel
        case .refunded(let event): event.parcel
        case .refundOwed(let event): event.refund.parcel
        default: nil
        }
    }
}
