import CometBFT

/// Why a light client refused something, and what to do about it.
///
/// Match on ``code``; ``message`` is for people and holds the remedy. ``isRetryable`` tells a fault of a provider or of
/// the moment from one of the client's own state.
public struct LightClientError: Error, Sendable, CustomStringConvertible {
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
    /// What happened, at which height, and what to do next.
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

    /// Whether the same client may succeed later or with another provider.
    public var isRetryable: Bool {
        switch code {
        case .expired, .frozen, .invalidOptions, .invalidState: false
        default: true
        }
    }
}

extension LightClientError.Code {
    /// A trusting period that is not positive, or another option that makes no sense.
    public static let invalidOptions = Self(rawValue: "invalid-options")
    /// A stored state that can't be read, or whose parts contradict each other.
    public static let invalidState = Self(rawValue: "invalid-state")
    /// What was trusted is older than the trusting period.
    public static let expired = Self(rawValue: "expired")
    /// The client has seen misbehaviour and takes nothing any more.
    public static let frozen = Self(rawValue: "frozen")
    /// A header is of another chain.
    public static let wrongChain = Self(rawValue: "wrong-chain")
    /// A header is not above the trusted one, or not below it where it has to be.
    public static let wrongHeight = Self(rawValue: "wrong-height")
    /// A header is not later than the trusted one, or not earlier where it has to be.
    public static let wrongTime = Self(rawValue: "wrong-time")
    /// A header is later than now plus the clock drift.
    public static let fromTheFuture = Self(rawValue: "from-the-future")
    /// A hash that a trusted header names is not the hash of what was given.
    public static let wrongHash = Self(rawValue: "wrong-hash")
    /// Signatures do not hold, or too little power of a block's own set signed it.
    public static let invalidCommit = Self(rawValue: "invalid-commit")
    /// Too little of the trusted power signed. A header nearer to the trusted one may do.
    public static let notEnoughTrust = Self(rawValue: "not-enough-trust")
    /// The client trusts no header at a height.
    public static let unknownHeight = Self(rawValue: "unknown-height")
    /// A provider has no block, or could not be asked.
    public static let providerFailed = Self(rawValue: "provider-failed")
    /// A provider answered with another block than it was asked for.
    public static let wrongAnswer = Self(rawValue: "wrong-answer")
    /// More blocks would be needed than the caller allowed.
    public static let tooManySteps = Self(rawValue: "too-many-steps")
    /// A provider has another block than the trusted one, or shares none that is trusted.
    public static let noAgreement = Self(rawValue: "no-agreement")
    /// Two headers do not contradict each other.
    public static let noMisbehaviour = Self(rawValue: "no-misbehaviour")
}

extension LightClientError {
    /// Takes over what the check of a commit found. Too little power is `tooLittle`, all else `invalidCommit`.
    init(_ error: VerificationError, tooLittle: Code) {
        let code: Code =
            switch error.code {
            case .notEnoughPower: tooLittle
            case .wrongChain: .wrongChain
            default: .invalidCommit
            }
        self.init(code, error.message, cause: error)
    }
}
