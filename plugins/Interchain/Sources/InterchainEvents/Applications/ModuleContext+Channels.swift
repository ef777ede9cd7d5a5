internal import Foundation
public import IBC
public import ModuleKit

/// What an application asks of Interchain: by events of its own, as everything between modules.
extension ModuleContext where Module: ChannelApplication {
    /// Takes a port for good, if nobody has it.
    ///
    /// - Throws: `portNotOwned` when it belongs to another instance.
    public func bind(_ port: PortID) throws(ModuleError) {
        try answer { $0.bindPort.portID = port.text }
    }

    /// Sends a packet from an end of this instance's port.
    ///
    /// - Parameters:
    ///   - data: what to say; at most `Packet.recordableDataByteCount` bytes.
    ///   - timeout: until when the other chain may receive it.
    /// - Returns: the packet's sequence at this end.
    /// - Throws: `portNotOwned`, `unknownChannel`, `channelNotOpen`, `packetTooLarge`; `clientFrozen` or `clientExpired`;
    ///   `packetTimedOut` when the client has seen the timeout pass already.
    @discardableResult
    public func send(_ data: [UInt8], from end: ChannelEndID, timeout: Timeout) throws(ModuleError) -> UInt64 {
        let sequence = try channel(end).nextSequenceSend
        try answer {
            $0.sendPacket.portID = end.port.text
            $0.sendPacket.channelID = end.channel.text
            $0.sendPacket.data = Data(data)
            if let height = timeout.height { $0.sendPacket.timeoutHeight = height.protobuf }
            $0.sendPacket.timeoutTimestamp = timeout.nanosecondsSince1970 ?? 0
        }
        return sequence
    }

    /// Closes an end of this instance's port. Packets that the other chain has received may still be acknowledged, the
    /// others time out on close. Not for use in `channelCloseInit`, which agrees by returning.
    ///
    /// - Throws: `portNotOwned`, `unknownChannel`, `channelNotOpen`.
    public func close(_ end: ChannelEndID) throws(ModuleError) {
        try answer {
            $0.closeChannel.portID = end.port.text
            $0.closeChannel.channelID = end.channel.text
        }
    }

    /// What Interchain keeps of a channel of this chain.
    ///
    /// - Throws: `unknownChannel`; `notFound` on a chain without Interchain.
    public func channel(_ end: ChannelEndID) throws(ModuleError) -> InterchainChannel {
        let query = InterchainQuery.with {
            $0.channel.portID = end.port.text
            $0.channel.channelID = end.channel.text
        }
        return try ask(query, of: try interchain()).channel
    }

    /// The client on which a channel stands, and how it stands at the time of this block.
    ///
    /// - Throws: `notFound` on a chain without Interchain.
    public func client(of channel: InterchainChannel) throws(ModuleError) -> InterchainClient {
        let time = block.time
        let query = InterchainQuery.with {
            $0.client.clientID = channel.clientID
            $0.client.time.seconds = Int64(time.wholeSeconds)
            $0.client.time.nanos = Int32(time.nanosecondsWithin)
        }
        return try ask(query, of: try interchain()).client
    }

    /// The number of the chain's Interchain instance.
    ///
    /// - Throws: `notFound` when there is none.
    public func interchain() throws(ModuleError) -> UInt32 {
        guard let instance = firstInstance(ofModule: interchainModuleName) else {
            throw ModuleError(.notFound, "this chain has no instance of Interchain: deploy one before its applications")
        }
        return instance.number
    }

    func answer(_ write: (inout InterchainChannelAnswer) -> Void) throws(ModuleError) {
        try emit(Module.Event(channelAnswer: .with(write)))
    }
}

/// The name of the module that serves these answers; a chain has one instance of it.
public let interchainModuleName = "interchain"

extension Packet {
    /// The most bytes of data that a chain of this host sends or receives. One event can hold them together with the longest
    /// acknowledgement that such a chain writes, and room for the rest.
    public static let recordableDataByteCount = 40 * 1024
}

extension Acknowledgement {
    /// The most bytes of an acknowledgement that a chain of this host writes.
    public static let recordableByteCount = 16 * 1024
}
