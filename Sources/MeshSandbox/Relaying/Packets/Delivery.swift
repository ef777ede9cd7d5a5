public import IBC

/// One thing that a relayer brings from one chain to another.
public struct Delivery: Sendable, Hashable, CustomStringConvertible {
    /// What it is.
    public enum Kind: String, Sendable, Hashable {
        /// Starts a client.
        case createClient
        /// Brings a client to a further header.
        case updateClient
        /// Begins a connection.
        case connectionOpenInit
        /// Answers the beginning of a connection.
        case connectionOpenTry
        /// Takes the answer.
        case connectionOpenAck
        /// Confirms that the answer was taken.
        case connectionOpenConfirm
        /// Begins a channel.
        case channelOpenInit
        /// Answers the beginning of a channel.
        case channelOpenTry
        /// Takes the answer.
        case channelOpenAck
        /// Confirms that the answer was taken.
        case channelOpenConfirm
        /// Says that the other end is closed.
        case channelCloseConfirm
        /// Brings a packet.
        case receivePacket
        /// Brings the acknowledgement of a packet.
        case acknowledgePacket
        /// Says that a packet was not received in time.
        case timeOutPacket
        /// Says that a packet was not received before the other end closed.
        case timeOutPacketOnClose
    }

    /// How it is treated.
    public enum Treatment: Sendable, Hashable {
        /// It is true, and delivered at once.
        case prompt
        /// It is true, and delivered once more.
        case duplicate
        /// It is a lie.
        case forged(Forgery)
        /// It is held back for some steps.
        case delayed(steps: UInt64)
        /// It is never delivered.
        case dropped
    }

    /// A packet, by the end that sent it.
    public struct PacketID: Sendable, Hashable, CustomStringConvertible {
        /// The end that sent it.
        public let source: ChannelEndID
        /// Its sequence there.
        public let sequence: UInt64

        /// Names a packet.
        public init(source: ChannelEndID, sequence: UInt64) {
            self.source = source
            self.sequence = sequence
        }

        /// Such as `transfer/channel-0#7`.
        public var description: String { "\(source)#\(sequence)" }
    }

    /// The path that it belongs to.
    public let path: String
    /// What it is.
    public let kind: Kind
    /// The chain whose state it is about.
    public let source: String
    /// The chain that is told.
    public let target: String
    /// The packet that it is about; nil where it is about none.
    public let packet: PacketID?
    /// How it is treated.
    public var treatment: Treatment

    /// The chain that sent the packet which it is about; nil where it is about none.
    public var packetChain: String? {
        guard packet != nil else { return nil }
        // Packets go forth with their headers; answers and timeouts come back.
        return kind == .receivePacket || kind == .updateClient ? source : target
    }

    /// Whether it is a lie.
    public var isForged: Bool {
        if case .forged = treatment { true } else { false }
    }

    /// Such as `receivePacket mesh-1 -> hub-1, transfer/channel-0#7 (prompt)`.
    public var description: String {
        "\(kind.rawValue) \(source) -> \(target)\(packet.map { ", \($0)" } ?? "") (\(treatment))"
    }
}
