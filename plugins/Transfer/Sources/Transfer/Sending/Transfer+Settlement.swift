public import IBC
import InterchainEvents
public import ModuleKit
import TransferEvents

/// What becomes of tokens that were sent. Nobody signs for any of this, and whoever relays the news has no say in it.
extension Transfer {
    /// Records that tokens have arrived; or gives them back, where the other chain refused them.
    ///
    /// - Throws: `unsupportedTransferVersion` for a refusal over a channel of the genesis that speaks another version;
    ///   `malformedTransfer` and others for a packet that this module has not written.
    public func acknowledged(_ packet: Packet, _ acknowledgement: Acknowledgement, _ context: Context)
        throws(ModuleError)
    {
        switch acknowledgement {
        case .result:
            let parcel = try parcel(packet, try data(of: packet), context)
            try context.emit(.with { $0.delivered.parcel = parcel })
        case .error(let text):
            // In another version, what reads like an error may be a success in an envelope of its own.
            try requireVersion(of: packet.source, context)
            try refund(packet, .error, text, context)
        }
    }

    /// Gives tokens back that were not received in time.
    public func timedOut(_ packet: Packet, _ context: Context) throws(ModuleError) {
        try refund(packet, .timeout, "", context)
    }

    /// What an event tells of a packet that was sent.
    func parcel(_ packet: Packet, _ data: FungibleTokenPacketData, _ context: Context) throws(ModuleError)
        -> TransferParcel
    {
        let coin = Coin(Amount(data.amount), try denom(of: data.trace))
        let order = try openOrders.value(for: Pair(packet.source.channel.text, packet.sequence), in: context)
        return .with {
            $0.channelID = packet.source.channel.text
            $0.sequence = packet.sequence
            $0.sender = data.sender
            $0.receiver = data.receiver
            $0.token = ProtoCoin(coin)
            if let order { $0.order = order }
        }
    }

    /// What a packet says.
    func data(of packet: Packet) throws(ModuleError) -> FungibleTokenPacketData {
        try ModuleError.transferring { () throws(IBCError) in try FungibleTokenPacketData(json: packet.data) }
    }

    private func requireVersion(of end: ChannelEndID, _ context: Context) throws(ModuleError) {
        guard try !claimedEscrows.contains(end.channel.text, in: context) else { return }
        try requireVersion(try context.channel(end).end.version, of: end)
    }
}
