extension IBCError.Code {
    /// The bytes or the text are not of the format at all.
    public static let malformed = Self(rawValue: "malformed")
    /// The bytes can be read, but they are not written in the one way that is taken.
    public static let notCanonical = Self(rawValue: "not-canonical")
    /// The input is longer than what is taken of its kind.
    public static let tooLarge = Self(rawValue: "too-large")
    /// A part that must be there is not.
    public static let missing = Self(rawValue: "missing")
    /// An enumeration, a type or a feature that is not known here.
    public static let unknownValue = Self(rawValue: "unknown-value")
    /// A number is outside of its range.
    public static let outOfRange = Self(rawValue: "out-of-range")
    /// The parts are well formed, but they contradict each other.
    public static let inconsistent = Self(rawValue: "inconsistent")
}

extension IBCError.Code {
    /// A text is no identifier of the kind that is needed.
    public static let invalidIdentifier = Self(rawValue: "invalid-identifier")
    /// A text is no path of a store.
    public static let invalidPath = Self(rawValue: "invalid-path")
    /// A packet has neither a timeout height nor a timeout time.
    public static let noTimeout = Self(rawValue: "no-timeout")
    /// Two ends of a connection share no version.
    public static let noCommonVersion = Self(rawValue: "no-common-version")
}

extension IBCError.Code {
    /// A client has seen misbehaviour and takes nothing any more.
    public static let frozen = Self(rawValue: "frozen")
    /// What a client trusts is older than the trusting period.
    public static let expired = Self(rawValue: "expired")
    /// A client has no consensus state of a height.
    public static let unknownHeight = Self(rawValue: "unknown-height")
    /// A header does not follow from what a client trusts.
    public static let invalidHeader = Self(rawValue: "invalid-header")
    /// Too little of the trusted power signed a header. A header nearer to the trusted one may do.
    public static let notEnoughTrust = Self(rawValue: "not-enough-trust")
    /// A header is later than now plus the clock drift.
    public static let fromTheFuture = Self(rawValue: "from-the-future")
    /// Two headers do not contradict each other.
    public static let noMisbehaviour = Self(rawValue: "no-misbehaviour")
    /// A proof does not show what it should.
    public static let invalidProof = Self(rawValue: "invalid-proof")
}

extension IBCError.Code {
    /// A denomination, or its trace, can't be one.
    public static let invalidDenomination = Self(rawValue: "invalid-denomination")
    /// An amount is no whole number from 1 to 2^256 - 1.
    public static let invalidAmount = Self(rawValue: "invalid-amount")
    /// An amount is one of ICS-20, but above 2^128 - 1, the largest that is held here.
    public static let amountTooLarge = Self(rawValue: "amount-too-large")
    /// A sender or a receiver is blank or too long.
    public static let invalidParty = Self(rawValue: "invalid-party")
    /// A memo is too long.
    public static let memoTooLong = Self(rawValue: "memo-too-long")
    /// A memo asks for a call, but not in the way in which it is to be asked for.
    public static let invalidHook = Self(rawValue: "invalid-hook")
}
