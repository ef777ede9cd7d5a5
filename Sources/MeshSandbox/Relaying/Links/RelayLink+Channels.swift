import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit

/// The last handshake of a path: its channel (ICS-04).
extension RelayLink {
    /// What to submit next so that the channel is open one day.
    mutating func openChannel(
        _ first: PublicState,
        _ second: PublicState,
        claims: ChannelClaims
    ) throws(SandboxError) -> [RelayMessage] {
        guard let connection = path.first.connection, let counterpartyConnection = path.second.connection else {
            return []
        }
        let own = path.first.channelEnd
        let begun = try first.channels().first {
            own == $0.id || (own == nil && isOurs($0, over: connection) && !claims.contains($0.id, on: first.chainID))
        }
        guard let begun else { return [begin(over: connection, first, second)] }
        path.first.channel = begun.id.channel
        let answered = try second.channels().first {
            $0.end.connection == counterpartyConnection && $0.id.port == path.second.port
                && $0.end.counterparty.end == begun.id
                && (begun.end.counterparty.channel == nil || begun.end.counterparty.end == $0.id)
        }
        path.second.channel = answered?.id.channel
        switch (begun.end.state, answered?.end.state) {
        case (.initialized, nil): return try answer(begun, over: counterpartyConnection, first, second)
        case (.initialized, .tryOpen):
            guard let answered, let entry = try second.proof(of: answered) else { return [] }
            let message = InterchainMessage.with {
                $0.channelOpenAck.portID = begun.id.port.text
                $0.channelOpenAck.channelID = begun.id.channel.text
                $0.channelOpenAck.counterpartyChannelID = answered.id.channel.text
                $0.channelOpenAck.counterpartyVersion = answered.end.version
                $0.channelOpenAck.proofTry = Data(entry.proof)
                $0.channelOpenAck.proofHeight = entry.height.protobuf
            }
            let delivery = delivery(.channelOpenAck, from: second, to: first)
            return [RelayMessage(message, delivery, proving: path.first.client)]
        case (.open, .tryOpen):
            guard let answered, let entry = try first.proof(of: begun) else { return [] }
            let message = InterchainMessage.with {
                $0.channelOpenConfirm.portID = answered.id.port.text
                $0.channelOpenConfirm.channelID = answered.id.channel.text
                $0.channelOpenConfirm.proofAck = Data(entry.proof)
                $0.channelOpenConfirm.proofHeight = entry.height.protobuf
            }
            let delivery = delivery(.channelOpenConfirm, from: first, to: second)
            return [RelayMessage(message, delivery, proving: path.second.client)]
        case (.open, .open): path.phase = .open
        case (.closed, .closed): path.phase = .closed
        default: break
        }
        return []
    }

    /// Whether a channel could be this path's.
    private func isOurs(_ channel: PublicState.Channel, over connection: ConnectionID) -> Bool {
        channel.id.port == path.first.port && channel.end.connection == connection
            && channel.end.counterparty.port == path.second.port && channel.end.ordering == path.ordering
            && channel.end.state != .closed
    }

    private func begin(over connection: ConnectionID, _ first: PublicState, _ second: PublicState) -> RelayMessage {
        let message = InterchainMessage.with {
            $0.channelOpenInit.portID = path.first.port.text
            $0.channelOpenInit.connectionID = connection.text
            $0.channelOpenInit.ordering = path.ordering == .ordered ? .ordered : .unordered
            $0.channelOpenInit.counterpartyPortID = path.second.port.text
            $0.channelOpenInit.version = path.version
        }
        return RelayMessage(message, delivery(.channelOpenInit, from: second, to: first))
    }

    private func answer(
        _ begun: PublicState.Channel,
        over connection: ConnectionID,
        _ first: PublicState,
        _ second: PublicState
    ) throws(SandboxError) -> [RelayMessage] {
        guard let entry = try first.proof(of: begun) else { return [] }
        let message = InterchainMessage.with {
            $0.channelOpenTry.portID = path.second.port.text
            $0.channelOpenTry.connectionID = connection.text
            $0.channelOpenTry.ordering = path.ordering == .ordered ? .ordered : .unordered
            $0.channelOpenTry.counterparty.portID = begun.id.port.text
            $0.channelOpenTry.counterparty.channelID = begun.id.channel.text
            $0.channelOpenTry.counterpartyVersion = begun.end.version
            $0.channelOpenTry.proofInit = Data(entry.proof)
            $0.channelOpenTry.proofHeight = entry.height.protobuf
        }
        return [
            RelayMessage(message, delivery(.channelOpenTry, from: first, to: second), proving: path.second.client)
        ]
    }
}

extension PublicState {
    /// The proof that a channel stood as it does before the last block; nil where it did not.
    fileprivate func proof(of channel: Channel) throws(SandboxError) -> ProvenEntry? {
        let entry = try proof(of: .channelEnd(channel.id), in: Self.interchain.channels)
        return entry?.value == channel.end.encoded ? entry : nil
    }
}
