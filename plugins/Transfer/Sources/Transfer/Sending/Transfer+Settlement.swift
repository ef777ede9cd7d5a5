public import IBC
public import ModuleKit
import TransferEvents

/// What becomes of tokens that were sent. Nobody signs for any of this, and whoever relays the news has no say in it.
extension Transfer {
    /// Records that tokens have arrived; or gives them back, where the other chain refused them.
    public func acknowledged(_ packet: Packet, _ acknowledgement: Acknowledgement, _ context: Context)
        throws(ModuleError)
    {
        switch acknowledgement {
        case .result:
            let parcel = try parcel(packet, try data(of: packet))
            try context.emit(.with { $0.delivered.parcel = parcel })
        case .error(let text): try refund(packet, .error, text, context)
        }
    }

    /// Gives tokens back that were not received in time.
    public func timedOut(_ packet: Packet, _ context: Context) throws(ModuleError) {
        try refund(packet, .timeout, "", context)
    }

    /// Undoes what the sending did.
    ///
    /// The sender had these tokens before: whether it may receive from others does not matter.
    private func refund(
        _ packet: Packet,
        _ reason: TransferRefundReason,
        _ error: String,
        _ context: Context
    ) throws(ModuleError) {
        let data = try data(of: packet)
        let parcel = try parcel(packet, data)
        let coin = try parcel.token.coin()
        let sender = try context.addresses.parse(data.sender, as: .account)
        if data.trace.cameThrough(packet.source) {
            try mint(coin, to: sender, context)
        } else {
            try release(coin, to: sender, packet.source, context)
        }
        try context.emit(
            .with {
                $0.refunded.parcel = parcel
                $0.refunded.reason = reason
                // The other chain may say anything, at any length.
                $0.refunded.error = ModuleError(.malformedTransfer, error).recordedMessage
            }
        )
    }

    private func parcel(_ packet: Packet, _ data: FungibleTokenPacketData) throws(ModuleError) -> TransferParcel {
        let coin = Coin(Amount(data.amount), try denom(of: data.trace))
        return .with {
            $0.channelID = packet.source.channel.text
            $0.sequence = packet.sequence
            $0.sender = data.sender
            $0.receiver = data.receiver
            $0.token = ProtoCoin(coin)
        }
    }

    /// What a packet says.
    func data(of packet: Packet) throws(ModuleError) -> FungibleTokenPacketData {
        try ModuleError.transferring { () throws(IBCError) in try FungibleTokenPacketData(json: packet.data) }
    }
}
