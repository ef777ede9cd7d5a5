/// Why something signed by validators was refused, and what to do about it.
///
/// Match on ``code``; ``message`` is for people. None of these failures goes away by trying the same bytes again.
public struct VerificationError: Error, Hashable, Sendable, CustomStringConvertible {
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
    /// What happened and what to do next.
    public let message: String
    /// The place in the commit or in the evidence's list at fault, where there is one.
    public let index: Int?

    /// Makes an error.
    public init(_ code: Code, _ message: String, index: Int? = nil) {
        self.code = code
        self.message = message
        self.index = index
    }

    /// `code: message`.
    public var description: String { "\(code.rawValue): \(message)" }
}

extension VerificationError.Code {
    /// A trust level outside 1/3 to 1.
    public static let invalidTrustLevel = Self(rawValue: "invalid-trust-level")
    /// Something is signed for another chain.
    public static let wrongChain = Self(rawValue: "wrong-chain")
    /// A commit or a vote is of another height.
    public static let wrongHeight = Self(rawValue: "wrong-height")
    /// A commit is for another block.
    public static let wrongBlock = Self(rawValue: "wrong-block")
    /// A hash in a header is not the hash of what was given with it.
    public static let wrongHash = Self(rawValue: "wrong-hash")
    /// A commit has more or fewer signatures than the set has validators.
    public static let wrongSignatureCount = Self(rawValue: "wrong-signature-count")
    /// A signature stands at another validator's place, or a key is not that of the address.
    public static let wrongAddress = Self(rawValue: "wrong-address")
    /// A signature has the wrong length or does not verify.
    public static let invalidSignature = Self(rawValue: "invalid-signature")
    /// One validator signed twice in one commit.
    public static let doubleVote = Self(rawValue: "double-vote")
    /// Too little power signed.
    public static let notEnoughPower = Self(rawValue: "not-enough-power")
    /// A validator is not in the set.
    public static let unknownValidator = Self(rawValue: "unknown-validator")
    /// Two votes or two headers do not contradict each other.
    public static let noConflict = Self(rawValue: "no-conflict")
    /// The two votes of an evidence are not in the order of their block ids.
    public static let wrongOrder = Self(rawValue: "wrong-order")
    /// A power, a time or a list stated by an evidence is not what it has to be.
    public static let wrongStatement = Self(rawValue: "wrong-statement")
}
