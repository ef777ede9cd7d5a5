import SwiftProtobuf

extension Duration {
    /// The bound of a protobuf duration: ten thousand years.
    private static let maximumSeconds: Int64 = 315_576_000_000

    /// Reads a period, which must not be negative.
    init(protobuf: Google_Protobuf_Duration) throws(IBCError) {
        guard (0...Self.maximumSeconds).contains(protobuf.seconds), (0..<1_000_000_000).contains(protobuf.nanos) else {
            throw IBCError(
                .outOfRange,
                "a period has 0 to \(Self.maximumSeconds) seconds and less than a second of nanoseconds, not "
                    + "\(protobuf.seconds) and \(protobuf.nanos)"
            )
        }
        self = .seconds(protobuf.seconds) + .nanoseconds(Int64(protobuf.nanos))
    }

    /// Throws unless the period can be written and read again.
    func checkIsWritable() throws(IBCError) {
        let (seconds, attoseconds) = components
        guard self >= .zero, seconds <= Self.maximumSeconds, attoseconds % 1_000_000_000 == 0 else {
            throw IBCError(
                .outOfRange,
                "the period \(self) can't be written; give whole nanoseconds, from 0 to \(Self.maximumSeconds) seconds"
            )
        }
    }

    /// The message.
    var protobuf: Google_Protobuf_Duration {
        let (seconds, attoseconds) = components
        return Google_Protobuf_Duration(seconds: seconds, nanos: Int32(truncatingIfNeeded: attoseconds / 1_000_000_000))
    }
}
