/// A message from one end of a channel to the other (ICS-04).
public struct Packet: Hashable, Sendable {
    /// The most bytes of data that are taken.
    public static let maximumDataByteCount = 1 << 20

    /// The place in the order of packets of this end, from 1 on.
    public let sequence: UInt64
    /// The end that sends.
    public let source: ChannelEndID
    /// The end that receives.
    public let destination: ChannelEndID
    /// What the applications say to each other. Never empty.
    public let data: [UInt8]
    /// Until when it may be received.
    public let timeout: Timeout

    /// Makes a packet.
    ///
    /// - Throws: `outOfRange` for sequence 0, `missing` without data, `tooLarge` for more than a MiB of it.
    public init(
        sequence: UInt64,
        source: ChannelEndID,
        destination: ChannelEndID,
        data: [UInt8],
        timeout: Timeout
    ) throws(IBCError) {
        guard sequence > 0 else {
            throw IBCError(.outOfRange, "sequences of packets start at 1; give the one that the sender chain counted")
        }
        guard !data.isEmpty else {
            throw IBCError(.missing, "the packet has no data; an application must say something")
        }
        guard data.count <= Self.maximumDataByteCount else {
            throw IBCError(
                .tooLarge,
                "a packet has at most \(Self.maximumDataByteCount) bytes of data, not \(data.count); send several"
            )
        }
        self.sequence = sequence
        self.source = source
        self.destination = destination
        self.data = data
        self.timeout = timeout
    }
}

extension Packet {
    /// Where the sender keeps the commitment.
    public var commitmentPath: StorePath { .packetCommitment(source, sequence: sequence) }
    /// Where the receiver on an unordered channel keeps that it has the packet.
    public var receiptPath: StorePath { .packetReceipt(destination, sequence: sequence) }
    /// Where the receiver keeps the commitment of its acknowledgement.
    public var acknowledgementPath: StorePath { .packetAcknowledgement(destination, sequence: sequence) }
}
