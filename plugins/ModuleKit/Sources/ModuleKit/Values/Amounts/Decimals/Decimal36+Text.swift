extension Decimal36 {
    /// How many digits stand after the point.
    private static var fractionDigits: Int { 36 }

    /// Reads digits, and up to 36 more after a point.
    ///
    /// - Throws: `invalidDecimal` for a sign, a blank, a leading zero, a missing digit or too many; `arithmeticOverflow`.
    public init(_ text: String) throws(ModuleError) {
        let characters = [UInt8](text.utf8)
        let point = characters.firstIndex(of: UInt8(ascii: "."))
        let whole = characters[..<(point ?? characters.endIndex)]
        let fraction = point.map { characters[($0 + 1)...] } ?? []
        guard Amount.fault(in: whole) == nil, fraction.allSatisfy(isDigit), fraction.count <= Self.fractionDigits,
            point == nil || !fraction.isEmpty
        else {
            throw ModuleError(
                .invalidDecimal,
                "decimal \(quoted(text)) is none of up to 36 fraction digits; write digits and at most one point"
            )
        }
        let padding = repeatElement(UInt8(ascii: "0"), count: Self.fractionDigits - fraction.count)
        guard let magnitude = UInt256(digits: Array(whole) + Array(fraction) + Array(padding)) else {
            throw ModuleError(.arithmeticOverflow, "decimal \(quoted(text)) is too large; use smaller values")
        }
        self.init(magnitude: magnitude)
    }
}

extension Decimal36: CustomStringConvertible {
    /// The value in digits, with a point and what follows it only where there is a fraction.
    public var description: String {
        let digits = magnitude.description
        let missing = Self.fractionDigits + 1 - digits.utf8.count
        let padded = String(repeating: "0", count: Swift.max(0, missing)) + digits
        var text = "\(padded.dropLast(Self.fractionDigits)).\(padded.suffix(Self.fractionDigits))"
        while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
        if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
        return text
    }
}
