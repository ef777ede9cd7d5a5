import IBC

/// What became of every packet, from what chains recorded of it.
public struct PacketBook: Sendable {
    /// An end of a channel, and the chain it is on.
    public struct End: Hashable, Sendable {
        /// The chain.
        public let chainID: String
        /// Its end, such as `transfer/channel-0`.
        public let end: String
    }

    /// A packet's name: the end that sent it, and its number there.
    public struct Key: Hashable, Sendable {
        /// The end that sent it.
        public let source: End
        /// Its sequence.
        public let sequence: UInt64
    }

    /// How far a packet has come.
    public enum Fate: String, Sendable, Hashable, CaseIterable {
        /// It was sent.
        case underWay = "under_way"
        /// It was received and answered well; the sender does not know yet.
        case received
        /// It was received and refused; the sender does not know yet.
        case declined
        /// The sender knows that it was answered well.
        case acknowledged
        /// The sender knows that it was refused.
        case refused
        /// It was never received, and the sender knows.
        case timedOut = "timed_out"

        /// Whether the sender knows how it ended.
        public var isFinal: Bool { self == .acknowledged || self == .refused || self == .timedOut }
    }

    /// A packet.
    public struct Packet: Sendable {
        /// Its name.
        public let key: Key
        /// Where it goes.
        public let destination: End
        /// What it says.
        public let data: [UInt8]
        /// How far it has come.
        public internal(set) var fate: Fate
    }

    /// The packets, in the order in which they were sent.
    public private(set) var packets: [Packet] = []
    // Looked up by key, and never iterated.
    private var indices: [Key: Int] = [:]
    private var unsettledIndices: [Int] = []

    /// Starts without packets.
    public init() {}

    /// The packet of a name.
    public func packet(_ key: Key) -> Packet? { indices[key].map { packets[$0] } }

    /// The packets of which the sender does not know yet how they ended, in the order in which they were sent.
    public var unsettled: [Packet] { unsettledIndices.map { packets[$0] } }

    /// Notes what a chain recorded.
    ///
    /// - Parameter opposite: the other end of an end's channel.
    /// - Returns: the packet as it is now; nil for one that nobody is known to have sent.
    @discardableResult
    public mutating func note(_ movement: PacketMovement, opposite: (End) -> End?) -> Packet? {
        let here = End(chainID: movement.chainID, end: movement.end)
        guard let other = opposite(here) else { return nil }
        switch movement.step {
        case .sent:
            let key = Key(source: here, sequence: movement.sequence)
            guard indices[key] == nil else { return packet(key) }
            indices[key] = packets.count
            unsettledIndices.append(packets.count)
            packets.append(Packet(key: key, destination: other, data: movement.data, fate: .underWay))
            return packets.last
        case .received:
            return packet(Key(source: other, sequence: movement.sequence))
        case .answered:
            let isSuccess = Acknowledgement.isSuccess(movement.acknowledgement)
            return set(isSuccess ? .received : .declined, Key(source: other, sequence: movement.sequence))
        case .acknowledged:
            let isSuccess = Acknowledgement.isSuccess(movement.acknowledgement)
            return set(isSuccess ? .acknowledged : .refused, Key(source: here, sequence: movement.sequence))
        case .timedOut:
            return set(.timedOut, Key(source: here, sequence: movement.sequence))
        }
    }

    private mutating func set(_ fate: Fate, _ key: Key) -> Packet? {
        guard let index = indices[key] else { return nil }
        // What the sender knows is final: a duplicate of an earlier record changes nothing.
        guard !packets[index].fate.isFinal else { return packets[index] }
        packets[index].fate = fate
        if fate.isFinal { unsettledIndices.removeAll { $0 == index } }
        return packets[index]
    }
}

extension Acknowledgement {
    /// Whether an answer, as it was written, says that all went well.
    fileprivate static func isSuccess(_ bytes: [UInt8]) -> Bool {
        (try? Acknowledgement(json: bytes))?.isSuccess ?? false
    }
}
