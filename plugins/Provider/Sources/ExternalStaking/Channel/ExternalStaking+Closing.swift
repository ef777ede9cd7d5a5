import ExternalStakingEvents
public import IBC
public import InterchainEvents
public import ModuleKit

/// How the pairing ends. A closed channel is closed for good, and strands nothing: all stake unbonds.
extension ExternalStaking {
    /// Closes the channel: the chain's authority may at any time, anyone when the client of the other chain has expired.
    ///
    /// A frozen client may be about to be forgiven, which is for the authority to judge.
    ///
    /// - Throws: `noControlChannel`, `pairingClosed`, `closingRefused`.
    func close(_ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        let pairing = try requireOpenPairing(context)
        let end = try end(pairing, context)
        let authority = try context.authority()
        let isAuthority = sender == authority
        if !isAuthority {
            let status = try context.client(of: try context.channel(end)).status
            guard status == "expired" else {
                throw ModuleError(
                    .closingRefused,
                    "the client of the other chain is \(status): only the chain's authority closes the channel then"
                        + (authority == nil ? ", and this chain has none" : "")
                        + "; anyone may when the client has expired"
                )
            }
        }
        try context.close(end)
        try recordClosing(isAuthority ? .authority : .expiredClient, context)
    }

    /// Learns that the other end is closed.
    public func channelClosed(_ end: ChannelEndID, _ cause: InterchainClosingCause, _ context: Context)
        throws(ModuleError)
    {
        // An end that is not the pairing's was never more than a handshake.
        guard let pairing = try pairing.value(in: context), !pairing.isClosed,
            pairing.channelID == end.channel.text
        else { return }
        try recordClosing(.counterparty, context)
    }

    /// Refuses a request to Interchain: closing is a message of this module.
    public func channelCloseInit(_ end: ChannelEndID, _ context: Context) throws(ModuleError) {
        throw ModuleError(
            .closingRefused,
            "the channel of a pairing is closed by a message to the external staking: send close to it"
        )
    }

    private func recordClosing(_ reason: ExternalStakingClosingReason, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.channelClosed.time = context.block.time.nanoseconds
                $0.channelClosed.reason = reason
            }
        )
    }
}
