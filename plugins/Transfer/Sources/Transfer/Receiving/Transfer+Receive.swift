public import IBC
public import ModuleKit
import TransferEvents

extension Transfer {
    /// Gives an account of this chain what another chain has sent: tokens that were in escrow, or vouchers.
    ///
    /// - Returns: `{"result":"AQ=="}`.
    /// - Throws: `malformedTransfer`, `invalidTransferAmount`, `invalidTransferDenomination`, `invalidTransferParty`,
    ///   `blockedReceiver`, `insufficientEscrow`, `invalidTransferHook`, `hookUnanswered`; `unsupportedOrdering` or
    ///   `unsupportedTransferVersion` for a channel of the genesis that is not fit; what the bank, or an instance that the
    ///   memo calls, throws.
    public func receive(_ packet: Packet, _ context: Context) throws(ModuleError) -> Acknowledgement {
        try requireFit(packet.destination, context)
        let data = try data(of: packet)
        let receiver = try receiver(of: data, context)
        let coin = try give(data, of: packet, to: receiver, context)
        let account = context.addresses.format(receiver, as: .account)
        let instance = context.instance(named: account)
        try context.emit(
            .with {
                $0.received.parcel = .with {
                    $0.channelID = packet.destination.channel.text
                    $0.sequence = packet.sequence
                    $0.sender = data.sender
                    $0.receiver = account
                    $0.token = ProtoCoin(coin)
                }
                $0.received.instanceNumber = instance?.number ?? 0
            }
        )
        try callHook(of: data, in: packet, at: instance, coin, context)
        return .success
    }

    private func receiver(of data: FungibleTokenPacketData, _ context: Context) throws(ModuleError) -> Address {
        let receiver: Address
        do throws(ModuleError) {
            receiver = try context.addresses.parse(data.receiver, as: .account)
        } catch {
            throw ModuleError(.invalidTransferParty, error.message).adding(context: "the receiver")
        }
        guard try !isBlocked(receiver, context) else {
            throw ModuleError(
                .blockedReceiver,
                "\(context.addresses.format(receiver, as: .account)) takes no tokens from others: name another receiver"
            )
        }
        return receiver
    }

    /// Moves the tokens; what the bank of this chain calls them.
    private func give(
        _ data: FungibleTokenPacketData,
        of packet: Packet,
        to receiver: Address,
        _ context: Context
    ) throws(ModuleError) -> Coin {
        if data.trace.cameThrough(packet.source) {
            let coin = Coin(Amount(data.amount), try denom(of: data.trace.goneBack()))
            try release(coin, to: receiver, packet.destination, context)
            return coin
        }
        let trace = try ModuleError.transferring { () throws(IBCError) in
            try data.trace.entering(packet.destination)
        }
        let coin = Coin(Amount(data.amount), try denom(of: trace))
        try record(trace, coin.denom, context)
        try mint(coin, to: receiver, context)
        return coin
    }
}
