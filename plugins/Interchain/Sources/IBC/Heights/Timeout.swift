public import CometBFT

/// Until when a packet may be received: a height of the receiving chain, a time on it, or both (ICS-04).
///
/// The one that is reached first decides. A timeout with neither never elapses, and no packet has one.
public struct Timeout: Hashable, Sendable {
    /// From this height on it has elapsed; nil for none.
    public let height: Height?
    /// From this time on it has elapsed, in nanoseconds since 1970; nil for none.
    public let nanosecondsSince1970: UInt64?

    /// Makes a timeout. A zero height and a zero time stand for none, as they do in packets.
    ///
    /// - Throws: `noTimeout` when there is neither.
    public init(height: Height? = nil, nanosecondsSince1970 time: UInt64? = nil) throws(IBCError) {
        self.height = height == .zero ? nil : height
        nanosecondsSince1970 = time == 0 ? nil : time
        guard self.height != nil || nanosecondsSince1970 != nil else {
            throw IBCError(.noTimeout, "a packet must time out one day; give a timeout height, a time, or both")
        }
    }

    /// Whether a block of the receiving chain is past the timeout. At the very height or time it is.
    public func hasElapsed(atHeight current: Height, time: BlockTime) -> Bool {
        hasElapsed(atHeight: current) || hasElapsed(at: time)
    }

    /// Whether the timeout height is reached; false where there is none.
    public func hasElapsed(atHeight current: Height) -> Bool {
        height.map { current >= $0 } ?? false
    }

    /// Whether the timeout time is reached; false where there is none.
    public func hasElapsed(at time: BlockTime) -> Bool {
        guard let nanosecondsSince1970 else { return false }
        // Times reach beyond 64 bits of nanoseconds on both sides, but stay far within 128.
        return Int128(time.seconds) * 1_000_000_000 + Int128(time.nanoseconds) >= Int128(nanosecondsSince1970)
    }
}
