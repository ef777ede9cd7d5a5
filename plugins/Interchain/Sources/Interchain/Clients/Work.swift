import CometBFT
import IBC
import ModuleKit

/// What the checks of another chain's word cost, in units of work. Each is charged before its check is done.
enum Work {
    /// Hashing the way from an entry to the root of a chain's state, at the longest that is taken.
    static let proof = 2 * WorkMeter.Cost.signature
    /// Hashing a header.
    static let headerHash = WorkMeter.Cost.signature / 10

    /// Verifying a header: the signatures of its own validators, and those of the trusted ones among them.
    static func verification(of header: TendermintHeader) -> UInt64 {
        // A set has at most 10 000 validators.
        let count = header.block.validators.validators.count + header.trustedValidators.validators.count
        return UInt64(count) * WorkMeter.Cost.signature
    }
}
