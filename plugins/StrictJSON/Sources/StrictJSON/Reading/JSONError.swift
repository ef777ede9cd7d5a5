/// What is wrong with a JSON text, where, and what to do about it.
///
/// Match on ``code``; ``message`` is for people. None of these errors is retryable, since the same bytes fail again, and
/// none has another error beneath it.
public struct JSONError: Error, Hashable, Sendable {
    /// The kind of fault. New kinds may be added, so a `switch` needs a `default`.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// A stable name, fit for logs.
        public let rawValue: String

        /// Makes a code from its stable name.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// A place in a text.
    public struct Position: Hashable, Sendable {
        /// The line, counted from 1.
        public let line: Int
        /// The byte in its line, counted from 1.
        public let column: Int
    }

    /// The kind of fault.
    public let code: Code
    /// Where the fault is, or nil if it is the text as a whole.
    public let position: Position?
    /// The position, what is wrong there, and what to do about it.
    public let message: String

    init(_ code: Code, _ message: String, at position: Position? = nil) {
        self.code = code
        self.position = position
        self.message = position.map { "line \($0.line), column \($0.column): \(message)" } ?? message
    }
}

extension JSONError: CustomStringConvertible {
    /// `code: message`.
    public var description: String { "\(code.rawValue): \(message)" }
}

extension JSONError.Code {
    /// The text does not follow the grammar, is cut off, or is not UTF-8.
    public static let malformed = Self(rawValue: "malformed")
    /// An object has two members of one name.
    public static let repeatedName = Self(rawValue: "repeated-name")
    /// Objects and arrays are nested deeper than the limit.
    public static let tooDeep = Self(rawValue: "too-deep")
    /// The text is longer than the limit.
    public static let tooLarge = Self(rawValue: "too-large")
}
