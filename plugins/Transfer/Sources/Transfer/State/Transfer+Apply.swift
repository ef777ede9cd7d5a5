public import ModuleKit
public import TransferEvents

extension Transfer {
    /// Projects an event: two reads and two writes for tokens that enter or leave an escrow.
    public func apply(_ event: TransferEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .traceRecorded(let event):
            try traces.set(event.trace, for: try Denom(event.trace.denomination), in: state)
        case .tokensEscrowed(let event): try add(try event.token.coin(), to: event.channelID, state)
        case .escrowImported(let event): try add(try event.token.coin(), to: event.channelID, state)
        case .tokensReleased(let event): try take(try event.token.coin(), from: event.channelID, state)
        case .escrowDeclared(let event): try claimedEscrows.set(Unit(), for: event.channelID, in: state)
        case .sent(let event):
            if event.parcel.hasOrder {
                try openOrders.set(event.parcel.order, for: Pair(event.parcel), in: state)
            }
        case .delivered(let event): try closeOrder(of: event.parcel, state)
        case .refundOwed(let event):
            try closeOrder(of: event.refund.parcel, state)
            try owe(event.refund, state)
        case .refunded(let event):
            try closeOrder(of: event.parcel, state)
            let key = Pair(event.parcel)
            // Mostly nothing was owed: the refund went well at once.
            if try owedRefunds.contains(key, in: state) { try owedRefunds.remove(key, in: state) }
        case .hookCalled(let event):
            let key = Pair(event.channelID, event.sequence)
            try openHooks.set(try Address(bech32: event.contract), for: key, in: state)
        case .hookAnswered(let event): try openHooks.remove(Pair(event.channelID, event.sequence), in: state)
        case .orderImported(let event):
            try openOrders.set(event.order.order, for: Pair(event.order.channelID, event.order.sequence), in: state)
        // What these say is kept by the bank and by Interchain, or is for readers of the log.
        case .channelAnswered, .voucherMinted, .voucherBurned, .received: return
        case nil: throw ModuleError(.inconsistentTransferEvent, "an event says nothing: the log is damaged")
        }
    }

    private func owe(_ refund: TransferOwedRefund, _ state: StateWriter) throws(ModuleError) {
        let key = Pair(refund.parcel)
        guard try !owedRefunds.contains(key, in: state) else {
            throw ModuleError(
                .inconsistentTransferEvent,
                "the refund of packet \(key.second) of \(key.first) is owed already: each packet is settled once"
            )
        }
        try owedRefunds.set(refund, for: key, in: state)
    }

    /// Forgets who ordered a transfer that is settled; mostly nobody did. What is owed is remembered with the refund.
    private func closeOrder(of parcel: TransferParcel, _ state: StateWriter) throws(ModuleError) {
        let key = Pair(parcel)
        if try openOrders.contains(key, in: state) { try openOrders.remove(key, in: state) }
    }

    private func add(_ coin: Coin, to channel: String, _ state: StateWriter) throws(ModuleError) {
        let increase = { (amount: inout Amount?) throws(ModuleError) in
            amount = try (amount ?? .zero).adding(coin.amount)
        }
        try escrowed.update(Pair(channel, coin.denom), in: state, increase)
        try escrowTotals.update(coin.denom, in: state, increase)
    }

    private func take(_ coin: Coin, from channel: String, _ state: StateWriter) throws(ModuleError) {
        let decrease = { (amount: inout Amount?) throws(ModuleError) in
            let rest = try (amount ?? .zero).subtracting(coin.amount)
            amount = rest.isZero ? nil : rest
        }
        try escrowed.update(Pair(channel, coin.denom), in: state, decrease)
        try escrowTotals.update(coin.denom, in: state, decrease)
    }
}

extension Pair<String, UInt64> {
    /// The channel and the sequence of a parcel's packet.
    init(_ parcel: TransferParcel) { self.init(parcel.channelID, parcel.sequence) }
}
