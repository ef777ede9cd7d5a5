import CometBFT

extension Packet {
    /// What the sender keeps and proves of a packet: 32 bytes.
    ///
    /// `SHA-256(time ‖ revision ‖ height ‖ SHA-256(data))`, the numbers in 8 bytes each, the highest first, and zero
    /// where there is no such timeout. Ports, channels and sequence are in the path. Source: ibc-go, `04-channel` v1.
    public var commitment: [UInt8] {
        let height = timeout.height ?? .zero
        let numbers = [timeout.nanosecondsSince1970 ?? 0, height.revision, height.height]
        return Hash32(hashing: numbers.flatMap(BigEndian.encode) + Hash32(hashing: data).bytes).bytes
    }

    /// What the receiver on an unordered channel keeps: that it has the packet, and nothing of it.
    public static let receipt: [UInt8] = [1]
}

extension Acknowledgement {
    /// What the receiver keeps and proves of an acknowledgement, which may be any bytes: their SHA-256.
    public static func commitment(of bytes: [UInt8]) -> [UInt8] {
        Hash32(hashing: bytes).bytes
    }
}

/// A sequence as it is kept at ``StorePath/nextSequenceReceive(_:)`` and its like, and as it is proven: 8 bytes, the
/// highest first.
public enum StoredSequence {
    /// Writes a sequence.
    public static func encode(_ sequence: UInt64) -> [UInt8] {
        BigEndian.encode(sequence)
    }

    /// Reads a sequence.
    ///
    /// - Throws: `malformed` for another number of bytes than 8.
    public static func decode(_ bytes: [UInt8]) throws(IBCError) -> UInt64 {
        guard bytes.count == 8 else {
            throw IBCError(.malformed, "a stored sequence has 8 bytes, not \(bytes.count); read it from its own path")
        }
        return bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

/// Numbers of 64 bits as 8 bytes, the highest first.
enum BigEndian {
    static func encode(_ number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}
