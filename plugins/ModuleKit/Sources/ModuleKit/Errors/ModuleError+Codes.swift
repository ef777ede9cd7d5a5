extension ModuleError.Code {
    private static func kit(_ number: UInt32) -> Self { Self("kit", number) }

    /// A result is larger than its type can hold.
    public static let arithmeticOverflow = kit(1)
    /// A result would be below zero.
    public static let arithmeticUnderflow = kit(2)
    /// A divisor is zero.
    public static let divisionByZero = kit(3)
    /// A text is not an amount.
    public static let invalidAmount = kit(4)
    /// A text is not a decimal with up to 18 fraction digits.
    public static let invalidDecimal = kit(5)
    /// A text is not a denomination.
    public static let invalidDenom = kit(6)
    /// A text or a list is not a coin or a set of coins.
    public static let invalidCoins = kit(7)
    /// Bytes or a text are not an address.
    public static let invalidAddress = kit(8)
    /// An address belongs to another chain or another role.
    public static let wrongAddressPrefix = kit(9)
    /// A text is not Bech32, or an address prefix can't be used in Bech32.
    public static let invalidBech32 = kit(10)
    /// Bytes or a text are not a public key of a known kind.
    public static let invalidPublicKey = kit(11)
    /// A text is not a point in time, or lies outside the range of `Timestamp`.
    public static let invalidTimestamp = kit(12)
    /// A text is not a length of time.
    public static let invalidTimeSpan = kit(13)
    /// Bytes can't be decoded.
    public static let undecodable = kit(14)
    /// The work limit of a transaction is used up.
    public static let outOfWork = kit(15)
    /// What was asked for does not exist.
    public static let notFound = kit(16)
    /// What was to be created exists already.
    public static let alreadyExists = kit(17)
    /// The sender may not do this.
    public static let unauthorized = kit(18)
    /// An argument has a value that is not allowed.
    public static let invalidArgument = kit(19)
    /// A fixed limit on counts or sizes is reached.
    public static let limitExceeded = kit(20)
    /// An operation does not fit the state it meets, such as a commit of more than is in flight.
    public static let invalidState = kit(21)
}
