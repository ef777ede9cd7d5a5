import Foundation
import IBC
import InterchainEvents
import MeshHost
import ModuleKit

/// What Interchain answers about clients, connections, channels and packets, in IBC's own types.
extension PublicState {
    /// A client and its identifier.
    struct Client {
        let id: ClientID
        let state: TendermintClientState
    }

    /// A connection and its identifier.
    struct Connection {
        let id: ConnectionID
        let end: ConnectionEnd
    }

    /// A channel and what names it.
    struct Channel {
        let id: ChannelEndID
        let end: ChannelEnd
        let nextSequenceReceive: UInt64
        let nextSequenceAcknowledge: UInt64
    }

    /// A client.
    func client(_ id: ClientID) throws(SandboxError) -> Client {
        try Self.client(try ask { $0.client.clientID = id.text }.client)
    }

    /// All clients, by number.
    func clients() throws(SandboxError) -> [Client] {
        let clients = try Pages.all(from: UInt64(0)) { (start) throws(SandboxError) in
            let page = try ask { $0.clients.start = start }.clients
            return (page.clients, page.hasNext ? page.next : nil)
        }
        return try clients.map { (client) throws(SandboxError) in try Self.client(client) }
    }

    /// All connections, by number.
    func connections() throws(SandboxError) -> [Connection] {
        let connections = try Pages.all(from: UInt64(0)) { (start) throws(SandboxError) in
            let page = try ask { $0.connections.start = start }.connections
            return (page.connections, page.hasNext ? page.next : nil)
        }
        return try SandboxError.relaying("the connections of '\(chainID)'") {
            try connections.map {
                Connection(id: try ConnectionID($0.connectionID), end: try ConnectionEnd(protobuf: $0.end))
            }
        }
    }

    /// All channels, by number.
    func channels() throws(SandboxError) -> [Channel] {
        let channels = try Pages.all(from: UInt64(0)) { (start) throws(SandboxError) in
            let page = try ask { $0.channels.start = start }.channels
            return (page.channels, page.hasNext ? page.next : nil)
        }
        return try channels.map { (channel) throws(SandboxError) in try Self.channel(channel) }
    }

    /// A channel.
    func channel(_ id: ChannelEndID) throws(SandboxError) -> Channel {
        try Self.channel(
            try ask {
                $0.channel.portID = id.port.text
                $0.channel.channelID = id.channel.text
            }.channel
        )
    }

    /// The highest height at or below one that a client of this chain has verified; nil when there is none.
    func verifiedHeight(of client: ClientID, upTo height: Height) throws(SandboxError) -> Height? {
        do throws(SandboxError) {
            let answer = try ask {
                $0.verifiedHeader.clientID = client.text
                $0.verifiedHeader.height = height.protobuf
                $0.verifiedHeader.orBelow = true
            }
            return Height(protobuf: answer.verifiedHeader.height)
        } catch  where (error.cause as? ModuleError)?.code == .unknownHeight {
            return nil
        }
    }

    private static func client(_ client: InterchainClient) throws(SandboxError) -> Client {
        try SandboxError.relaying("the client '\(client.clientID)'") {
            Client(
                id: try ClientID(client.clientID),
                state: try TendermintClientState(encoded: Array(client.clientState))
            )
        }
    }

    private static func channel(_ channel: InterchainChannel) throws(SandboxError) -> Channel {
        try SandboxError.relaying("the channel '\(channel.portID)/\(channel.channelID)'") {
            Channel(
                id: ChannelEndID(port: try PortID(channel.portID), channel: try ChannelID(channel.channelID)),
                end: try ChannelEnd(protobuf: channel.end),
                nextSequenceReceive: channel.nextSequenceReceive,
                nextSequenceAcknowledge: channel.nextSequenceAcknowledge
            )
        }
    }
}
