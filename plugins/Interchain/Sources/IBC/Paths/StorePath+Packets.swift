extension StorePath {
    /// Where the sequence of the next packet to send is kept.
    public static func nextSequenceSend(_ end: ChannelEndID) -> StorePath {
        StorePath(checked: "nextSequenceSend/\(end.path)")
    }

    /// Where the sequence of the next packet to receive is kept. Of ordered channels it is proven.
    public static func nextSequenceReceive(_ end: ChannelEndID) -> StorePath {
        StorePath(checked: "nextSequenceRecv/\(end.path)")
    }

    /// Where the sequence of the next packet to be acknowledged is kept.
    public static func nextSequenceAcknowledge(_ end: ChannelEndID) -> StorePath {
        StorePath(checked: "nextSequenceAck/\(end.path)")
    }

    /// Where the sender keeps a packet's commitment, until it is acknowledged or has timed out.
    public static func packetCommitment(_ end: ChannelEndID, sequence: UInt64) -> StorePath {
        StorePath(checked: "commitments/\(end.path)/sequences/\(sequence)")
    }

    /// Where the receiver on an unordered channel keeps that it has a packet.
    public static func packetReceipt(_ end: ChannelEndID, sequence: UInt64) -> StorePath {
        StorePath(checked: "receipts/\(end.path)/sequences/\(sequence)")
    }

    /// Where the receiver keeps the commitment of its acknowledgement.
    public static func packetAcknowledgement(_ end: ChannelEndID, sequence: UInt64) -> StorePath {
        StorePath(checked: "acks/\(end.path)/sequences/\(sequence)")
    }
}
