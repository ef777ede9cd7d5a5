public import ModuleKit

/// Why a test of a module does not hold, or could not be run.
public struct HarnessError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure. New kinds may be added, so a `switch` needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A stable name.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// Something that `given` sets up was refused.
        public static let givenFailed = Self(rawValue: "given-failed")
        /// An outcome is not what the test says.
        public static let unexpectedOutcome = Self(rawValue: "unexpected-outcome")
        /// An invariant of a module does not hold.
        public static let invariantViolated = Self(rawValue: "invariant-violated")
        /// A hook of a module failed.
        public static let hookFailed = Self(rawValue: "hook-failed")
        /// The log alone does not rebuild the state.
        public static let replayDiffers = Self(rawValue: "replay-differs")
        /// Two processes do not come to the same.
        public static let processesDiffer = Self(rawValue: "processes-differ")
        /// The child process could not be started, or gave no digest.
        public static let childFailed = Self(rawValue: "child-failed")
        /// A call does not fit the stage of the test.
        public static let outOfTurn = Self(rawValue: "out-of-turn")
        /// No such module stands in the harness.
        public static let unknownModule = Self(rawValue: "unknown-module")
        /// The temporary store failed.
        public static let storage = Self(rawValue: "storage")
    }

    /// The kind of failure.
    public let code: Code
    /// What does not hold, with the figures, and what to look at.
    public let message: String
    /// The error beneath this one, where there is one.
    public let cause: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// `code: message`.
    public var description: String { "\(code.rawValue): \(message)" }

    /// The module's error beneath this one, where there is one.
    public var moduleError: ModuleError? { cause as? ModuleError }
}

extension HarnessError {
    /// Runs something and throws its failure as one of ours.
    static func wrapping<Result>(_ code: Code, _ what: String, _ body: () throws -> Result) throws(HarnessError)
        -> Result
    {
        do {
            return try body()
        } catch let error as HarnessError {
            throw error
        } catch {
            throw HarnessError(code, "\(what): \(error)", cause: error)
        }
    }
}
