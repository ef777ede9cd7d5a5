/// What is wrong with something between chains, and what to do about it.
///
/// Match on ``code``; ``message`` is for people and holds the remedy. All of it follows from the values given, so the same
/// input fails again, unless ``isRetryable`` says otherwise.
public struct IBCError: Error, Sendable, CustomStringConvertible {
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
    /// What is wrong, where, and what to do next. What came from outside is quoted, escaped and bounded.
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

    /// Whether the same message may succeed later, after an update of the client or some time.
    public var isRetryable: Bool { code == .unknownHeight || code == .notEnoughTrust || code == .fromTheFuture }
}

/// Runs a check of a part, and puts the part's name in front of what it throws.
func checking<Value>(
    _ part: @autoclosure () -> String,
    _ body: () throws(IBCError) -> Value
) throws(IBCError) -> Value {
    do throws(IBCError) {
        return try body()
    } catch {
        throw IBCError(error.code, "\(part()): \(error.message)", cause: error.cause)
    }
}
