public import ModuleKit

/// An amount that may be below zero: an offset of the supply.
///
/// Invariant: zero is not negative.
public struct SignedAmount: Hashable, Sendable {
    /// Whether it is below zero.
    public let isNegative: Bool
    /// How far it is from zero.
    public let magnitude: Amount

    /// Creates an amount with a sign.
    public init(_ magnitude: Amount, isNegative: Bool = false) {
        self.isNegative = isNegative && !magnitude.isZero
        self.magnitude = magnitude
    }

    /// Nothing.
    public static let zero = SignedAmount(.zero)

    /// Reads a canonical decimal text, with a minus sign in front where it is below zero.
    ///
    /// - Throws: `invalidAmount` or `arithmeticOverflow`.
    public init(_ text: String) throws(ModuleError) {
        guard text.utf8.first == UInt8(ascii: "-") else {
            self.init(try Amount(text))
            return
        }
        let magnitude = try Amount(String(text.dropFirst()))
        guard !magnitude.isZero else {
            throw ModuleError(.invalidAmount, "zero has no sign; write 0")
        }
        self.init(magnitude, isNegative: true)
    }

    /// The same distance from zero on the other side.
    public var negated: SignedAmount { SignedAmount(magnitude, isNegative: !isNegative) }

    /// The sum.
    ///
    /// - Throws: `arithmeticOverflow` when it is further from zero than 2^128 - 1.
    public func adding(_ other: SignedAmount) throws(ModuleError) -> SignedAmount {
        if isNegative == other.isNegative {
            return SignedAmount(try magnitude.adding(other.magnitude), isNegative: isNegative)
        }
        return magnitude >= other.magnitude
            ? SignedAmount(magnitude.saturatingSubtracting(other.magnitude), isNegative: isNegative)
            : SignedAmount(other.magnitude.saturatingSubtracting(magnitude), isNegative: other.isNegative)
    }
}

extension SignedAmount: CustomStringConvertible {
    /// The canonical decimal text.
    public var description: String { isNegative ? "-\(magnitude)" : magnitude.description }
}

extension SignedAmount: StateValue {
    /// Appends a byte for the sign and the magnitude as 16 big-endian bytes.
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(isNegative ? 1 : 0)
        magnitude.encode(into: &bytes)
    }

    /// Reads 17 bytes.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        var reader = KeyReader(bytes)
        let sign = try reader.byte()
        let magnitude = try Amount(decoding: &reader)
        self.init(magnitude, isNegative: sign == 1)
        guard reader.isAtEnd, sign == (isNegative ? 1 : 0) else {
            throw ModuleError(.undecodable, "a stored offset is malformed: the store is damaged")
        }
    }
}
