import IBC
import InterchainEvents
import ModuleKit

// The steps after which an end is open: Ack where the handshake began, Confirm where it was answered.
extension Interchain {
    /// Takes the other end's answer: its channel, and the version that it chose.
    func handle(_ request: InterchainChannelOpenAck, _ context: Context) throws(ModuleError) {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        let channel = try channel(id, in: context)
        try channel.require(.initialized)
        let counterparty = try ChannelEndID(
            portID: channel.end.counterparty.port.text,
            channelID: request.counterpartyChannelID
        )
        try verify(
            counterparty,
            is: .tryOpen,
            channel.end.ordering,
            towards: ChannelEnd.Counterparty(port: id.port, channel: id.channel),
            version: request.counterpartyVersion,
            through: try openConnection(channel.end.connection, in: context),
            proof: request.proofTry,
            at: request.proofHeight,
            context
        )
        let end = try channel.end(
            in: .open,
            counterparty: ChannelEnd.Counterparty(port: counterparty.port, channel: counterparty.channel),
            version: request.counterpartyVersion
        )
        let step = channel.step(to: end, proposing: request.counterpartyVersion)
        try context.emit(.with { $0.channelOpenAck = step })
    }

    /// Learns that the other end is open.
    func handle(_ request: InterchainChannelOpenConfirm, _ context: Context) throws(ModuleError) {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        let channel = try channel(id, in: context)
        try channel.require(.tryOpen)
        try verify(
            try channel.counterparty,
            is: .open,
            channel.end.ordering,
            towards: ChannelEnd.Counterparty(port: id.port, channel: id.channel),
            version: channel.end.version,
            through: try openConnection(channel.end.connection, in: context),
            proof: request.proofAck,
            at: request.proofHeight,
            context
        )
        let step = channel.step(to: try channel.end(in: .open), proposing: channel.end.version)
        try context.emit(.with { $0.channelOpenConfirm = step })
    }
}
