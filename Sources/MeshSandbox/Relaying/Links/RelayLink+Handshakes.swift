import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit

/// Opening a path: clients, then a connection, then a channel (ICS-02, 03, 04).
///
/// What comes next follows from what both chains show: nothing is remembered but identifiers, so it does not matter who did
/// a step, or how often a chain crashed. A step that is proven takes a block on either chain.
extension RelayLink {
    /// What to submit next so that the path is open one day.
    mutating func advanceHandshakes(
        _ first: PublicState,
        _ second: PublicState,
        claims: ChannelClaims
    ) throws(SandboxError) -> [RelayMessage] {
        if path.phase == .clients {
            let messages = try makeClients(first, second)
            guard path.phase == .connection else { return messages }
        }
        if path.phase == .connection {
            let messages = try openConnection(first, second)
            guard path.phase == .channel else { return messages }
        }
        return try openChannel(first, second, claims: claims)
    }

    private mutating func makeClients(_ first: PublicState, _ second: PublicState) throws(SandboxError)
        -> [RelayMessage]
    {
        let (ofSecond, ofFirst) = (
            ClientUpkeep(source: second, target: first), ClientUpkeep(source: first, target: second)
        )
        if path.first.client == nil { path.first.client = try ofSecond.soundClient() }
        if path.second.client == nil { path.second.client = try ofFirst.soundClient() }
        var messages: [RelayMessage] = []
        if path.first.client == nil, let creation = try ofSecond.creation() {
            messages.append(RelayMessage(creation, delivery(.createClient, from: second, to: first)))
        }
        if path.second.client == nil, let creation = try ofFirst.creation() {
            messages.append(RelayMessage(creation, delivery(.createClient, from: first, to: second)))
        }
        if path.first.client != nil, path.second.client != nil { path.phase = .connection }
        return messages
    }

    private mutating func openConnection(_ first: PublicState, _ second: PublicState) throws(SandboxError)
        -> [RelayMessage]
    {
        guard let client = path.first.client, let counterpartyClient = path.second.client else { return [] }
        let prefix = try PublicState.prefix
        let own = path.first.connection
        let begun = try first.connections().first {
            own == $0.id
                || own == nil && $0.end.client == client
                    && $0.end.counterparty.client == counterpartyClient && $0.end.counterparty.prefix == prefix
        }
        guard let begun else {
            let message = InterchainMessage.with {
                $0.connectionOpenInit.clientID = client.text
                $0.connectionOpenInit.counterpartyClientID = counterpartyClient.text
                $0.connectionOpenInit.counterpartyPrefix = Data(prefix.bytes)
            }
            return [RelayMessage(message, delivery(.connectionOpenInit, from: second, to: first))]
        }
        path.first.connection = begun.id
        let answered = try second.connections().first {
            $0.end.client == counterpartyClient && $0.end.counterparty.connection == begun.id
                && (begun.end.counterparty.connection == nil || begun.end.counterparty.connection == $0.id)
        }
        path.second.connection = answered?.id
        switch (begun.end.state, answered?.end.state) {
        case (.initialized, nil): return try answer(begun, first, second, counterpartyClient)
        case (.initialized, .tryOpen):
            guard let answered, let entry = try second.proof(of: answered) else { return [] }
            let message = InterchainMessage.with {
                $0.connectionOpenAck.connectionID = begun.id.text
                $0.connectionOpenAck.counterpartyConnectionID = answered.id.text
                if let version = answered.end.versions.first { $0.connectionOpenAck.version = version.protobuf }
                $0.connectionOpenAck.proofTry = Data(entry.proof)
                $0.connectionOpenAck.proofHeight = entry.height.protobuf
            }
            return [RelayMessage(message, delivery(.connectionOpenAck, from: second, to: first), proving: client)]
        case (.open, .tryOpen):
            guard let answered, let entry = try first.proof(of: begun) else { return [] }
            let message = InterchainMessage.with {
                $0.connectionOpenConfirm.connectionID = answered.id.text
                $0.connectionOpenConfirm.proofAck = Data(entry.proof)
                $0.connectionOpenConfirm.proofHeight = entry.height.protobuf
            }
            let delivery = delivery(.connectionOpenConfirm, from: first, to: second)
            return [RelayMessage(message, delivery, proving: counterpartyClient)]
        case (.open, .open): path.phase = .channel
        default: break
        }
        return []
    }

    private func answer(
        _ begun: PublicState.Connection,
        _ first: PublicState,
        _ second: PublicState,
        _ client: ClientID
    ) throws(SandboxError) -> [RelayMessage] {
        guard let entry = try first.proof(of: begun) else { return [] }
        let counterparty = ConnectionEnd.Counterparty(
            client: begun.end.client,
            connection: begun.id,
            prefix: try PublicState.prefix
        )
        let message = InterchainMessage.with {
            $0.connectionOpenTry.clientID = client.text
            $0.connectionOpenTry.counterparty = counterparty.protobuf
            $0.connectionOpenTry.counterpartyVersions = begun.end.versions.map(\.protobuf)
            $0.connectionOpenTry.proofInit = Data(entry.proof)
            $0.connectionOpenTry.proofHeight = entry.height.protobuf
        }
        return [RelayMessage(message, delivery(.connectionOpenTry, from: first, to: second), proving: client)]
    }
}

extension PublicState {
    /// The proof that a connection stood as it does before the last block; nil where it did not.
    fileprivate func proof(of connection: Connection) throws(SandboxError) -> ProvenEntry? {
        let entry = try proof(of: .connection(connection.id), in: Self.interchain.connections)
        return entry?.value == connection.end.encoded ? entry : nil
    }
}
