import ModuleKit

/// What the checks of evidence cost, in units of work. Each is charged before its check is done.
enum Work {
    /// Hashing a header.
    static let headerHash = WorkMeter.Cost.signature / 10
    /// Hashing one validator's entry of a set.
    static let validatorHash = WorkMeter.Cost.signature / 20
    /// Checking the signatures of both votes.
    static let votes = 2 * WorkMeter.Cost.signature

    /// Reading bytes that somebody brought.
    static func reading(_ byteCounts: Int...) -> UInt64 {
        // A transaction holds them all, so the sum is far below the range.
        byteCounts.reduce(0) { $0 + UInt64(clamping: $1) * WorkMeter.Cost.byte }
    }
}
