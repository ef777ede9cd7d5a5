public import ModuleKit

extension Timestamp {
    /// The point a duration later, or earlier for a negative one; at the ends of time, the last or the first point.
    public func shifted(by duration: Duration) -> Timestamp {
        let nanoseconds = Int128(nanoseconds) + duration.attoseconds / 1_000_000_000
        return Timestamp(nanoseconds: UInt64(clamping: nanoseconds))
    }
}
