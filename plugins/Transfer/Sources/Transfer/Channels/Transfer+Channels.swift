import IBC
public import InterchainEvents
public import ModuleKit
public import TransferEvents

/// What channels transfers take: unordered ones that speak `ics20-1`. They are never closed on request.
extension Transfer: ChannelApplication {
    /// Begins a handshake in the version `ics20-1`, which is also meant when nothing is proposed.
    ///
    /// - Throws: `unsupportedOrdering`, `unsupportedTransferVersion`, `wrongTransferPort`.
    public func channelOpenInit(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        if !opening.version.isEmpty { try requireVersion(opening) }
        return try accept(opening, context)
    }

    /// Answers a handshake in the version `ics20-1`.
    ///
    /// - Throws: As above.
    public func channelOpenTry(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        try requireVersion(opening)
        return try accept(opening, context)
    }

    /// Checks that the other end answered in the version `ics20-1`.
    public func channelOpenAck(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) {
        try requireVersion(opening)
    }

    /// Claims the channel's escrow account before any token can go there.
    private func accept(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        guard opening.ordering == .unordered else {
            throw ModuleError(
                .unsupportedOrdering,
                "\(opening.end) would keep the order of its packets, and one late transfer would hold up all others: open "
                    + "an unordered channel"
            )
        }
        let port = try requireSettings(context).portID
        guard opening.end.port.text == port else {
            throw ModuleError(.wrongTransferPort, "\(opening.end) is not of this instance's port, which is \(port)")
        }
        try declareEscrow(of: opening.end.channel.text, context)
        return FungibleTokenPacketData.version
    }

    private func requireVersion(_ opening: ChannelOpening) throws(ModuleError) {
        // The other chain's word is any text: compared by bytes, and not repeated.
        guard opening.version.utf8.elementsEqual(FungibleTokenPacketData.version.utf8) else {
            throw ModuleError(
                .unsupportedTransferVersion,
                "the version of \(opening.end) is not \(FungibleTokenPacketData.version), the only one spoken here: open a "
                    + "channel with that"
            )
        }
    }

    /// Claims the escrow account of a channel; a second claim changes nothing.
    func declareEscrow(of channel: String, _ context: Context) throws(ModuleError) {
        let port = try requireSettings(context).portID
        try context.emit(
            .with {
                $0.escrowDeclared = .with {
                    $0.portID = port
                    $0.channelID = channel
                }
            }
        )
    }
}
