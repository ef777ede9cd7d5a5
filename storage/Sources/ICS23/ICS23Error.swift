/// Why a proof, a specification or their bytes were refused, and what to do about it.
///
/// Match on ``code``; ``message`` is for people: it names the step that failed and holds the remedy. None is fatal, and
/// none is worth another try with the same bytes.
public struct ICS23Error: Error, Sendable, CustomStringConvertible {
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
    /// What happened, where, and what to do next.
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

    /// The same failure, with the place where it happened put first.
    func at(_ place: String) -> ICS23Error {
        ICS23Error(code, "\(place): \(message)", cause: cause)
    }
}

/// Runs a part of a check and puts its place before the message of its failure.
func checking<Value>(
    _ place: @autoclosure () -> String,
    _ body: () throws(ICS23Error) -> Value
) throws(ICS23Error) -> Value {
    do throws(ICS23Error) {
        return try body()
    } catch {
        throw error.at(place())
    }
}

extension ICS23Error.Code {
    /// Bytes are no message of the expected type.
    public static let malformed = Self(rawValue: "malformed")
    /// A message has a field that this version does not know.
    public static let unknownField = Self(rawValue: "unknown-field")
    /// A field holds an enumeration's value that this version does not know.
    public static let unknownValue = Self(rawValue: "unknown-value")
    /// A message is not in its canonical encoding.
    public static let notCanonical = Self(rawValue: "not-canonical")
    /// A message lacks a part that it needs.
    public static let missingField = Self(rawValue: "missing-field")
    /// Something is larger than ``ProofBounds`` allow.
    public static let tooLarge = Self(rawValue: "too-large")
    /// A compressed path points outside its table.
    public static let outOfRange = Self(rawValue: "out-of-range")

    /// A hash function that is not offered here, or none where one is needed.
    public static let unsupportedHash = Self(rawValue: "unsupported-hash")
    /// A length prefix that is not offered here.
    public static let unsupportedLength = Self(rawValue: "unsupported-length")
    /// A key or value has another length than its length operation requires.
    public static let wrongLength = Self(rawValue: "wrong-length")
    /// A leaf without a key.
    public static let emptyKey = Self(rawValue: "empty-key")
    /// A leaf without a value.
    public static let emptyValue = Self(rawValue: "empty-value")
    /// A step without a child.
    public static let emptyChild = Self(rawValue: "empty-child")

    /// A specification contradicts itself.
    public static let invalidSpec = Self(rawValue: "invalid-spec")
    /// A proof's leaf is not as the specification says.
    public static let leafMismatch = Self(rawValue: "leaf-mismatch")
    /// A proof's step is not as the specification says.
    public static let stepMismatch = Self(rawValue: "step-mismatch")
    /// A proof has too few or too many steps.
    public static let depthOutOfRange = Self(rawValue: "depth-out-of-range")

    /// The proof is for another key.
    public static let keyMismatch = Self(rawValue: "key-mismatch")
    /// The proof is for another value.
    public static let valueMismatch = Self(rawValue: "value-mismatch")
    /// The proof leads to another root.
    public static let rootMismatch = Self(rawValue: "root-mismatch")
    /// A proof of existence stands where one of non-existence is needed, or the other way round.
    public static let wrongKind = Self(rawValue: "wrong-kind")
    /// A batch proves nothing about the key.
    public static let notInBatch = Self(rawValue: "not-in-batch")
    /// The key does not lie between the two neighbours.
    public static let outsideGap = Self(rawValue: "outside-gap")
    /// Other leaves may lie between the two, or beyond the one, that should be neighbours.
    public static let notNeighbours = Self(rawValue: "not-neighbours")
    /// The numbers of proofs, specifications and keys of a path differ.
    public static let chainMismatch = Self(rawValue: "chain-mismatch")

    /// Names of a multistore are empty, repeated or absent.
    public static let invalidNames = Self(rawValue: "invalid-names")
}
