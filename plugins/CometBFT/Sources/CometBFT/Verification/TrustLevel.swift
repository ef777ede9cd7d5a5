/// The share of a trusted validator set that has to sign a header before a client takes it over a gap.
///
/// At least 1/3, so that with at most 1/3 faulty power one correct validator has signed, and at most 1. What has to
/// sign is *more* than the level.
///
/// Source: CometBFT, `spec/light-client/verification`; ICS-07.
public struct TrustLevel: Hashable, Sendable {
    /// The upper number of the fraction.
    public let numerator: UInt64
    /// The lower number of the fraction, never zero.
    public let denominator: UInt64

    /// The lowest level, and the usual one.
    public static let oneThird = Self(unchecked: 1, over: 3)
    /// The level of a commit by its own validators.
    public static let twoThirds = Self(unchecked: 2, over: 3)

    /// Makes a level from a fraction, which need not be in lowest terms.
    ///
    /// - Throws: `invalidTrustLevel` unless 1/3 <= numerator / denominator <= 1.
    public init(_ numerator: UInt64, over denominator: UInt64) throws(VerificationError) {
        guard denominator > 0, numerator <= denominator, UInt128(numerator) * 3 >= UInt128(denominator) else {
            throw VerificationError(
                .invalidTrustLevel,
                "The trust level \(numerator)/\(denominator) is not between 1/3 and 1. Give a fraction in that range."
            )
        }
        self.init(unchecked: numerator, over: denominator)
    }

    private init(unchecked numerator: UInt64, over denominator: UInt64) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Whether a power is more than this share of a total. False for a power or a total below zero.
    ///
    /// Both products are at most 2^127, so nothing overflows.
    public func isExceeded(by power: Int64, of total: Int64) -> Bool {
        guard let power = UInt64(exactly: power), let total = UInt64(exactly: total) else { return false }
        return UInt128(power) * UInt128(denominator) > UInt128(total) * UInt128(numerator)
    }
}

extension TrustLevel: CustomStringConvertible {
    /// The fraction, such as `1/3`.
    public var description: String { "\(numerator)/\(denominator)" }
}

extension TrustLevel: Codable {
    private enum CodingKeys: String, CodingKey {
        case numerator
        case denominator
    }

    /// Reads a level and checks its range.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            container.decode(UInt64.self, forKey: .numerator),
            over: container.decode(UInt64.self, forKey: .denominator)
        )
    }
}
