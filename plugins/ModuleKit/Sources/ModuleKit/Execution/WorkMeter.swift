/// Counts what a transaction costs, in fixed units, and stops it at its limit.
///
/// The cost of an access does not depend on what is cached: the same transaction costs the same in every process.
public final class WorkMeter {
    /// What things cost, in units.
    public enum Cost {
        /// Reading an entry, found or not.
        public static let stateRead: UInt64 = 10
        /// Writing or removing an entry.
        public static let stateWrite: UInt64 = 30
        /// Recording an event.
        public static let event: UInt64 = 20
        /// One byte of an event's payload or of a transaction.
        public static let byte: UInt64 = 1
        /// Checking one Ed25519 signature.
        public static let signature: UInt64 = 1_000
    }

    /// Units used since the last `start`.
    @inlinable
    public var used: UInt64 { usedUnits }
    /// Units that may be used.
    @inlinable
    public var limit: UInt64 { limitUnits }

    /// Invariant: never above `limit`.
    @usableFromInline var usedUnits: UInt64 = 0
    @usableFromInline var limitUnits: UInt64 = .max

    /// A meter without a limit.
    public init() {}

    /// Starts counting again from zero.
    public func start(limit: UInt64) {
        usedUnits = 0
        limitUnits = limit
    }

    /// Uses units.
    ///
    /// - Throws: `outOfWork` when the limit is passed; the count then stays at the limit.
    @inlinable
    public func charge(_ units: UInt64) throws(ModuleError) {
        guard units <= remaining else { throw exhaust() }
        usedUnits += units
    }

    /// Units left.
    @inlinable
    public var remaining: UInt64 { limitUnits - usedUnits }

    @usableFromInline
    func exhaust() -> ModuleError {
        usedUnits = limitUnits
        return ModuleError(
            .outOfWork,
            "the work limit of \(limit) units is used up: raise the transaction's limit or send less at once"
        )
    }
}
