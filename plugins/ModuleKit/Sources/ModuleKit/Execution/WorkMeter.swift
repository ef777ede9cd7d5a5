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

    /// Units used since the last `start`, within allotments too.
    @inlinable
    public var used: UInt64 { usedUnits }
    /// The count of used units at which the meter stops: the limit it was started with, or the end of the allotment in force.
    @inlinable
    public var limit: UInt64 { limitUnits }

    /// Invariant: never above `limitUnits`.
    @usableFromInline var usedUnits: UInt64 = 0
    /// Invariant: within an allotment never above what it was outside, so that nobody gains work by nesting.
    @usableFromInline var limitUnits: UInt64 = .max
    /// The size of the allotment in force; nil where the limit is the transaction's own.
    private var allotment: UInt64?
    /// Why more was needed than there is, since the start or within the allotment in force; nil while that has not happened.
    private var exhaustion: ModuleError?

    /// A meter without a limit.
    public init() {}

    /// Starts counting again from zero.
    public func start(limit: UInt64) {
        usedUnits = 0
        limitUnits = limit
        allotment = nil
        exhaustion = nil
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

    /// Makes sure that units are left, without using any.
    ///
    /// - Throws: `outOfWork` when fewer are left; the count then stands at the limit.
    public func require(_ units: UInt64) throws(ModuleError) {
        guard units > remaining else { return }
        throw exhaust(
            "\(units) units of work have to be left here, and only \(remaining) are: raise the transaction's limit or send "
                + "less at once"
        )
    }

    /// Makes sure that the limit has never been passed, whatever somebody made of the error.
    ///
    /// Without this, a low limit could decide what happens: code that catches an error would go on without what failed.
    ///
    /// - Throws: the `outOfWork` that was thrown when it happened.
    public func requireUnexhausted() throws(ModuleError) {
        if let exhaustion { throw exhaustion }
    }

    /// Runs a body that may use an allotment of the units left, and no more; what it used stays used.
    ///
    /// A body that passes the end of its allotment fails with `outOfWork`, also when it catches the error. The units outside
    /// of the allotment are all still there then. Allotments may be nested.
    ///
    /// - Throws: `outOfWork`, as ``require(_:)``, when fewer units are left; what the body throws.
    public func withAllotment<Result>(
        _ units: UInt64,
        _ body: () throws(ModuleError) -> Result
    ) throws(ModuleError) -> Result {
        try require(units)
        let outer = (limitUnits, allotment, exhaustion)
        (limitUnits, allotment, exhaustion) = (usedUnits + units, units, nil)
        defer { (limitUnits, allotment, exhaustion) = outer }
        let result = try body()
        try requireUnexhausted()
        return result
    }

    @usableFromInline
    func exhaust() -> ModuleError {
        if let allotment {
            exhaust("the allotment of \(allotment) units of work is used up: this has to be done with less")
        } else {
            exhaust("the work limit of \(limit) units is used up: raise the transaction's limit or send less at once")
        }
    }

    private func exhaust(_ message: String) -> ModuleError {
        usedUnits = limitUnits
        let error = ModuleError(.outOfWork, message)
        if exhaustion == nil { exhaustion = error }
        return error
    }
}
