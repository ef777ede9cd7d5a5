import IBC
import ModuleKit
import TransferEvents

/// How senders get back what was not received. Interchain forgets a packet when it settles it, so a refund that fails has to
/// be remembered here.
extension Transfer {
    /// Undoes what the sending did, or records that it has to be done later.
    ///
    /// The sender had these tokens before: whether it may receive from others does not matter.
    func refund(_ packet: Packet, _ reason: TransferRefundReason, _ error: String, _ context: Context)
        throws(ModuleError)
    {
        let data = try data(of: packet)
        var refund = TransferOwedRefund()
        refund.parcel = try parcel(packet, data, context)
        refund.reason = reason
        // The other chain may say anything, at any length.
        refund.error = ModuleError(.malformedTransfer, error).recordedMessage
        refund.wasBurned = data.trace.cameThrough(packet.source)
        do throws(ModuleError) {
            try move(refund, packet.source, context)
        } catch {
            // Without work, nothing can be recorded either.
            guard error.code != .outOfWork else { throw error }
            refund.failure = error.recordedMessage
            try context.emit(.with { $0.refundOwed.refund = refund })
            return
        }
        try record(refund, context)
    }

    /// Pays a refund that is owed. Whoever asks for it, it goes to the account that sent the tokens.
    ///
    /// - Throws: `noRefundOwed`; what stands in the way of the refund still, which is owed on then.
    func handle(_ retry: TransferRetryRefund, _ context: Context) throws(ModuleError) {
        guard let refund = try owedRefunds.value(for: Pair(retry.channelID, retry.sequence), in: context) else {
            throw ModuleError(
                .noRefundOwed,
                "no refund is owed for this packet: ask for owed_refunds, and for the events refunded of those that are paid"
            )
        }
        try move(refund, try end(retry.channelID, context), context)
        try record(refund, context)
    }

    /// Moves the tokens.
    private func move(_ refund: TransferOwedRefund, _ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        let coin = try refund.parcel.token.coin()
        let sender = try context.addresses.parse(refund.parcel.sender, as: .account)
        if refund.wasBurned {
            try mint(coin, to: sender, context)
        } else {
            try release(coin, to: sender, end, context)
        }
    }

    private func record(_ refund: TransferOwedRefund, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.refunded.parcel = refund.parcel
                $0.refunded.reason = refund.reason
                $0.refunded.error = refund.error
            }
        )
    }
}
