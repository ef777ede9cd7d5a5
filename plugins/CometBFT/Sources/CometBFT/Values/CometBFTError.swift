/// What is wrong with something of a CometBFT chain, and what to do about it.
///
/// Match on ``code``; ``message`` is for people and holds the remedy. Bad input is never retryable: the same bytes fail
/// again, so ask another node, or whoever handed them in. Only after `nodeFailed` may the same node be asked again.
public struct CometBFTError: Error, Sendable, CustomStringConvertible {
    /// The kind of failure. New kinds may be added, so a `switch` needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A stable name, fit for logs.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// The kind of failure.
    public let code: Code
    /// What is wrong, where, and what to do next.
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
    public var description: String {
        "\(code.rawValue): \(message)"
    }
}

extension CometBFTError.Code {
    /// The bytes or the text are not of the format at all.
    public static let malformed = Self(rawValue: "malformed")
    /// The bytes can be read, but the engine would have written them in another way.
    public static let notCanonical = Self(rawValue: "not-canonical")
    /// The input is longer than anything of its kind can be.
    public static let tooLarge = Self(rawValue: "too-large")
    /// A part that must be there is not.
    public static let missing = Self(rawValue: "missing")
    /// A hash, a key, an address or a signature has a wrong length.
    public static let wrongLength = Self(rawValue: "wrong-length")
    /// A number or a time is outside of what the engine allows.
    public static let outOfRange = Self(rawValue: "out-of-range")
    /// An enumeration or a type name is not one that is known here.
    public static let unknownValue = Self(rawValue: "unknown-value")
    /// The parts are well formed, but they contradict each other.
    public static let inconsistent = Self(rawValue: "inconsistent")
    /// A validator is named that the set does not hold.
    public static let unknownValidator = Self(rawValue: "unknown-validator")
    /// A validator is named twice.
    public static let duplicateValidator = Self(rawValue: "duplicate-validator")
    /// A node answered with an error instead of a result.
    public static let nodeFailed = Self(rawValue: "node-failed")
    /// A key could not sign.
    public static let signingFailed = Self(rawValue: "signing-failed")
}

/// Runs a check of a part, and puts the part's name in front of what it throws.
func checking<Value>(
    _ part: @autoclosure () -> String,
    _ body: () throws(CometBFTError) -> Value
) throws(CometBFTError) -> Value {
    do throws(CometBFTError) {
        return try body()
    } catch {
        throw CometBFTError(error.code, "\(part()): \(error.message)", cause: error.cause)
    }
}
