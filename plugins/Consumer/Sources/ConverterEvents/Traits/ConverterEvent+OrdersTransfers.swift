import ModuleKit
public import TransferEvents

extension ConverterEvent: OrdersTransfers {
    /// A batch whose tokens go to the provider is sent by the transfer instance that it names.
    public var transferOrders: [TransferOrder] {
        get throws(ModuleError) {
            guard case .batchSent(let event) = event, event.batch.isTransfer else { return [] }
            return [
                TransferOrder(
                    transfer: event.batch.transfer,
                    channel: event.channelID,
                    coin: Coin(try Amount(event.batch.amount), try Denom(event.denom)),
                    receiver: event.receiver,
                    memo: event.memo,
                    timeout: Timestamp(nanoseconds: event.deadlineNanoseconds),
                    reference: event.batch.id
                )
            ]
        }
    }
}

extension ConverterBatch {
    /// Whether its tokens are under way.
    public var isTransfer: Bool { stage == .transfer || stage == .transferWithMemo }
}
