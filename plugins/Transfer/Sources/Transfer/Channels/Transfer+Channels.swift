import IBC
public import InterchainEvents
public import ModuleKit
public import TransferEvents

/// What channels transfers take in a handshake: unordered ones that speak `ics20-1`. They are never closed on request.
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

    private func requireVersion(_ opening: ChannelOpening) throws(ModuleError) {
        try requireVersion(opening.version, of: opening.end)
    }

    /// Claims the channel's escrow account before any token can go there.
    private func accept(_ opening: ChannelOpening, _ context: Context) throws(ModuleError) -> String {
        try requireUnordered(opening.ordering == .unordered, opening.end)
        let port = try requireSettings(context).portID
        guard opening.end.port.text == port else {
            throw ModuleError(.wrongTransferPort, "\(opening.end) is not of this instance's port, which is \(port)")
        }
        try claimEscrow(of: opening.end, context)
        return FungibleTokenPacketData.version
    }
}
