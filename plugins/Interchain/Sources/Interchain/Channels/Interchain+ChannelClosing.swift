import Foundation
import IBC
import InterchainEvents
import ModuleKit

// Closing is final. Packets that are on their way then are still settled: acknowledged, where the other end received them
// before, and else timed out on close.
extension Interchain {
    /// Closes an end on request, if its application agrees. No client is asked: it may be frozen or expired.
    func handle(_ request: InterchainChannelCloseInit, _ context: Context) throws(ModuleError) {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        let channel = try channel(id, in: context)
        guard channel.end.state != .closed else { throw Self.isClosedAlready(id) }
        let step = channel.step(to: try channel.end(in: .closed), because: .message)
        try context.emit(.with { $0.channelCloseInit = step })
    }

    /// Does what an application says: it wants the end closed.
    func carryOut(_ request: InterchainCloseChannel, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        try requireOwner(of: id.port, origin, context)
        let channel = try channel(id, in: context)
        try channel.requireOpen()
        try close(channel, because: .application, context)
    }

    /// Closes an end, because the other one is closed.
    func handle(_ request: InterchainChannelCloseConfirm, _ context: Context) throws(ModuleError) {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        let channel = try channel(id, in: context)
        guard channel.end.state != .closed else { throw Self.isClosedAlready(id) }
        try verifyClosed(
            channel,
            through: try openConnection(channel.end.connection, in: context),
            proof: request.proofInit,
            at: request.proofHeight,
            context
        )
        try close(channel, because: .counterparty, context)
    }

    /// Records that an end is closed, which nobody can veto.
    func close(_ channel: LocalChannel, because cause: InterchainClosingCause, _ context: Context) throws(ModuleError) {
        let step = channel.step(to: try channel.end(in: .closed), because: cause)
        try context.emit(.with { $0.channelClosed = step })
    }

    /// Checks that the other end of a channel is closed.
    func verifyClosed(
        _ channel: LocalChannel,
        through connection: ConnectionEnd,
        proof: Data,
        at height: Ibc_Core_Client_V1_Height,
        _ context: Context
    ) throws(ModuleError) {
        try verify(
            try channel.counterparty,
            is: .closed,
            channel.end.ordering,
            towards: ChannelEnd.Counterparty(port: channel.id.port, channel: channel.id.channel),
            version: channel.end.version,
            through: connection,
            proof: proof,
            at: height,
            context
        )
    }

    private static func isClosedAlready(_ id: ChannelEndID) -> ModuleError {
        ModuleError(.channelNotOpen, "the channel \(id) is closed already: there is nothing left to do")
    }
}
