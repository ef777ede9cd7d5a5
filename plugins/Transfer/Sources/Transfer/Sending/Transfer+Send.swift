import IBC
import InterchainEvents
import ModuleKit
import TransferEvents

extension Transfer {
    /// Sends tokens of the account that signed, or of the instance that ordered it, to an account of another chain.
    ///
    /// Everything that can be seen from here is checked before anything moves.
    ///
    /// - Parameter order: who ordered it by an event; nil for an account's message.
    func handle(_ send: TransferSend, order: TransferParcelOrder? = nil, _ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        let end = try end(send.sourceChannel, context)
        let coin = try send.token.coin()
        let trace = try trace(of: coin.denom, context)
        let timeout = try send.timeout()
        let data = try ModuleError.transferring { () throws(IBCError) in
            try FungibleTokenPacketData(
                trace: trace,
                amount: coin.amount.units,
                sender: context.addresses.format(sender, as: .account),
                receiver: send.receiver,
                memo: send.memo
            ).json
        }
        guard data.count <= Packet.recordableDataByteCount else {
            throw ModuleError(
                .transferTooLarge,
                "the packet would have \(data.count) bytes, and at most \(Packet.recordableDataByteCount) can be recorded: "
                    + "shorten the memo, or use fewer characters that JSON escapes"
            )
        }
        try requireSendEnabled(coin.denom, context)
        try requireFit(end, context)
        if trace.cameThrough(end) {
            try burn(coin, of: sender, context)
        } else {
            try requireSameThere(trace, through: end, context)
            try escrow(coin, of: sender, end, context)
        }
        let sequence = try context.send(data, from: end, timeout: timeout)
        try context.emit(
            .with {
                $0.sent.parcel = .with {
                    $0.channelID = end.channel.text
                    $0.sequence = sequence
                    $0.sender = context.addresses.format(sender, as: .account)
                    $0.receiver = send.receiver
                    $0.token = ProtoCoin(coin)
                    if let order { $0.order = order }
                }
            }
        )
    }

    /// The end of a channel of this instance's port.
    func end(_ channel: String, _ context: Context) throws(ModuleError) -> ChannelEndID {
        let port = try requireSettings(context).portID
        return try ModuleError.transferring { () throws(IBCError) in
            ChannelEndID(port: try PortID(port), channel: try ChannelID(channel))
        }
    }

    /// Checks that the other chain will read the token's path as this one has written it.
    ///
    /// A name such as `xx/channel-0` becomes a way with nothing behind it once a way stands before it; the other chain would
    /// refuse it, or give it another meaning.
    ///
    /// - Throws: `invalidTransferDenomination`; `unknownChannel`.
    private func requireSameThere(_ trace: DenominationTrace, through end: ChannelEndID, _ context: Context)
        throws(ModuleError)
    {
        let counterparty = try context.channel(end).end.counterparty
        _ = try ModuleError.transferring { () throws(IBCError) in
            let port = try PortID(counterparty.portID)
            // An end that is not open yet knows no channel of the other; Interchain refuses the packet then.
            guard !counterparty.channelID.isEmpty else { return trace }
            return try trace.entering(ChannelEndID(port: port, channel: try ChannelID(counterparty.channelID)))
        }
    }
}

extension TransferSend {
    /// Until when the other chain may receive the packet.
    ///
    /// - Throws: `noTransferTimeout`.
    fileprivate func timeout() throws(ModuleError) -> Timeout {
        try ModuleError.transferring { () throws(IBCError) in
            try Timeout(height: Height(protobuf: timeoutHeight), nanosecondsSince1970: timeoutTimestamp)
        }
    }
}
