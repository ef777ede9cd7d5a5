import ModuleKit
import TransferEvents

/// Transfers that instances order by events of their own.
extension Transfer {
    /// Sends what an instance has ordered here, in order, as if its address had signed.
    ///
    /// - Throws: what sending throws; it vetoes the instance's event.
    func carryOut(_ orders: [TransferOrder], of instance: InstanceIdentity, _ context: Context) throws(ModuleError) {
        for order in orders where order.transfer == context.identity.number {
            let send = TransferSend.with {
                $0.sourceChannel = order.channel
                $0.token = ProtoCoin(order.coin)
                $0.receiver = order.receiver
                $0.timeoutTimestamp = order.timeout.nanoseconds
                $0.memo = order.memo
            }
            let kept = TransferParcelOrder.with {
                $0.instanceNumber = instance.number
                $0.reference = order.reference
            }
            try handle(send, order: kept, context)
        }
    }

    /// Checks that somebody carries out each order: an order that nobody heard would stand in the log as if it had been sent.
    ///
    /// - Throws: `unknownTransferInstance`.
    func requireTransferInstances(_ orders: [TransferOrder], _ context: Context) throws(ModuleError) {
        for order in orders where context.instance(numbered: order.transfer)?.module != Self.manifest.name {
            throw ModuleError(
                .unknownTransferInstance,
                "instance \(order.transfer) is none of transfers: order it of one that is"
            )
        }
    }
}

extension EventVocabulary {
    /// What an event orders; nothing where its vocabulary orders no transfers.
    var orderedTransfers: [TransferOrder] {
        get throws(ModuleError) { try (self as? any OrdersTransfers)?.transferOrders ?? [] }
    }
}
