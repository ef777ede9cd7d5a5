import IBC
import InterchainEvents
import ModuleKit

/// The life of a channel.
extension Switchboard {
    /// Takes a step of a handshake.
    func open(_ message: InterchainMessage, _ context: Context) throws(ModuleError) {
        var end = Ibc_Core_Channel_V1_Channel()
        switch message.message {
        case .channelOpenInit(let request):
            (end.state, end.ordering, end.connectionHops) = (.init_, request.ordering, [request.connectionID])
            end.counterparty.portID = request.counterpartyPortID
            let step = try step(request.portID, nil, end, request.version, context)
            try context.emit(.with { $0.channelOpenInit = step })
        case .channelOpenTry(let request):
            (end.state, end.ordering, end.connectionHops) = (.tryopen, request.ordering, [request.connectionID])
            end.counterparty = request.counterparty
            let step = try step(request.portID, nil, end, request.counterpartyVersion, context)
            try context.emit(.with { $0.channelOpenTry = step })
        case .channelOpenAck(let request):
            end = try channel(request.portID, request.channelID, context).end
            (end.state, end.version) = (.open, request.counterpartyVersion)
            end.counterparty.channelID = request.counterpartyChannelID
            let step = try step(request.portID, request.channelID, end, request.counterpartyVersion, context)
            try context.emit(.with { $0.channelOpenAck = step })
        case .channelOpenConfirm(let request):
            end = try channel(request.portID, request.channelID, context).end
            end.state = .open
            let step = try step(request.portID, request.channelID, end, end.version, context)
            try context.emit(.with { $0.channelOpenConfirm = step })
        default: return
        }
    }

    /// Asks the application whether a channel may be closed, or tells it that the other end is.
    func close(_ message: InterchainMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .channelCloseInit(let request):
            let end = try channel(request.portID, request.channelID, context).end
            let step = try step(request.portID, request.channelID, end, end.version, context)
            try context.emit(.with { $0.channelCloseInit = step })
        case .channelCloseConfirm(let request):
            try close(request.portID, request.channelID, .counterparty, context)
        default: return
        }
    }

    func close(_ port: String, _ id: String, _ cause: InterchainClosingCause, _ context: Context) throws(ModuleError) {
        var end = try channel(port, id, context).end
        guard end.state != .closed else { throw ModuleError(.channelNotOpen, "\(id) is closed already") }
        end.state = .closed
        var step = try step(port, id, end, "", context)
        step.cause = cause
        let closed = step
        try context.emit(.with { $0.channelClosed = closed })
    }

    /// A step of a channel's life; of a new channel, under the next number.
    private func step(
        _ port: String,
        _ channel: String?,
        _ end: Ibc_Core_Channel_V1_Channel,
        _ version: String,
        _ context: Context
    ) throws(ModuleError) -> InterchainChannelStep {
        let application = try owner(of: port, context)
        let number = try nextChannel.value(in: context) ?? 0
        return .with {
            $0.portID = port
            $0.channelID = channel ?? "channel-\(number)"
            $0.end = end
            $0.application = application
            $0.proposedVersion = version
        }
    }
}
