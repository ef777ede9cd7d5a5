import IBC
import InterchainEvents
import MeshHost
import ModuleKit
import Storage
import SwiftProtobuf
import TransferEvents

/// Questions about other chains.
extension ChainView {
    /// Asks the one instance of Interchain.
    func interchain(_ ask: (inout InterchainQuery) -> Void) throws(CommandError) -> InterchainAnswer {
        let label = try label(ofModule: interchainModuleName)
        return try CommandError.wrapping { try host.query(InterchainQuery.with(ask), of: label) }
    }

    /// Asks the first instance of token transfers.
    func transfer(_ ask: (inout TransferQuery) -> Void) throws(CommandError) -> TransferAnswer {
        let label = try label(ofModule: "transfer")
        return try CommandError.wrapping { try host.query(TransferQuery.with(ask), of: label) }
    }

    /// A client, with its status at the time of the last block.
    func client(_ id: String) throws(CommandError) -> InterchainClient {
        let now = lastBlockTime
        return try interchain {
            $0.client.clientID = id
            $0.client.time = Google_Protobuf_Timestamp(
                seconds: Int64(clamping: now.wholeSeconds),
                nanos: Int32(clamping: now.nanosecondsWithin)
            )
        }.client
    }

    /// A channel of this chain.
    func channel(_ id: ChannelEndID) throws(CommandError) -> InterchainChannel {
        try interchain {
            $0.channel.portID = id.port.text
            $0.channel.channelID = id.channel.text
        }.channel
    }

    /// The time of the last block, by which the chain judges what has expired.
    var lastBlockTime: Timestamp { Timestamp(nanoseconds: host.lastHeader.timeNanoseconds) }
}

/// Whole lists, page by page.
extension ChainView {
    /// All clients by number, each with its status.
    func clients() throws(CommandError) -> [InterchainClient] {
        let clients = try Pages.all(from: UInt64(0)) { (start) throws(CommandError) in
            let page = try interchain {
                $0.clients.start = start
                $0.clients.limit = Self.pageSize
            }.clients
            return (page.clients, page.hasNext ? page.next : nil)
        }
        // The list tells no status: that takes a time to judge it by.
        return try clients.map { (client) throws(CommandError) in try self.client(client.clientID) }
    }

    /// All connections by number.
    func connections() throws(CommandError) -> [InterchainConnection] {
        try Pages.all(from: UInt64(0)) { (start) throws(CommandError) in
            let page = try interchain {
                $0.connections.start = start
                $0.connections.limit = Self.pageSize
            }.connections
            return (page.connections, page.hasNext ? page.next : nil)
        }
    }

    /// All channels of all ports by number.
    func channels() throws(CommandError) -> [InterchainChannel] {
        try Pages.all(from: UInt64(0)) { (start) throws(CommandError) in
            let page = try interchain {
                $0.channels.start = start
                $0.channels.limit = Self.pageSize
            }.channels
            return (page.channels, page.hasNext ? page.next : nil)
        }
    }

    /// How each token of another chain came, by denomination.
    func traces() throws(CommandError) -> [TransferTrace] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try transfer {
                $0.traces.startDenomination = start
                $0.traces.limit = Self.pageSize
            }.traces
            return (page.traces, page.nextDenomination)
        }
    }

    /// The escrow account of a channel, and all that it holds.
    func escrow(of channel: String) throws(CommandError) -> (address: String, tokens: [ProtoCoin]) {
        var address = ""
        let tokens = try Pages.all { (start: String) throws(CommandError) in
            let page = try transfer {
                $0.escrow.channelID = channel
                $0.escrow.startDenomination = start
                $0.escrow.limit = Self.pageSize
            }.escrow
            address = page.address
            return (page.tokens, page.nextDenomination)
        }
        return (address, tokens)
    }
}
