extension Decimal18 {
    /// Reads a decimal text: digits, and a point with 1 to 18 fraction digits if there is a fraction.
    ///
    /// Both the form of the Cosmos SDK (`0.100000000000000000`) and the short one of CosmWasm (`0.1`) are read.
    ///
    /// - Throws: `invalidDecimal`, with a message that names what is wrong; `arithmeticOverflow` above the largest decimal.
    public init(_ text: String) throws(ModuleError) {
        let characters = text.utf8
        let point = characters.firstIndex(of: UInt8(ascii: "."))
        let whole = characters[..<(point ?? characters.endIndex)]
        let fraction = point.map { characters[characters.index(after: $0)...] } ?? characters[characters.endIndex...]

        if let fault = Self.fault(whole: whole, fraction: fraction, hasPoint: point != nil) {
            throw ModuleError(.invalidDecimal, "decimal \(quoted(text)) \(fault)")
        }
        let padding = repeatElement(UInt8(ascii: "0"), count: Self.fractionDigits - fraction.count)
        let digits = [UInt8](whole) + fraction + padding
        guard let magnitude = UInt256(digits: digits) else { throw Self.tooLarge(quoted(text)) }
        self.init(magnitude: magnitude)
    }

    /// The number of fraction digits.
    static var fractionDigits: Int { 18 }

    private static func fault(whole: Substring.UTF8View, fraction: Substring.UTF8View, hasPoint: Bool) -> String? {
        for character in [whole, fraction].joined() where !isDigit(character) {
            switch character {
            case UInt8(ascii: "+"), UInt8(ascii: "-"):
                return "has a sign; write digits only, it is never below zero"
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                return "has an exponent; write it out"
            case UInt8(ascii: "."): return "has two points; write one"
            case 0x09, 0x0A, 0x0D, 0x20: return "has a blank; write digits and at most one point"
            default: return "has a character that is not a digit; write digits and at most one point"
            }
        }
        guard let first = whole.first else { return "has no digit before the point; write 0 for a value below one" }
        if first == UInt8(ascii: "0"), whole.count > 1 { return "has a leading zero; write it without" }
        if hasPoint, fraction.isEmpty { return "has no digit after the point; leave the point out" }
        if fraction.count > fractionDigits { return "has more than 18 fraction digits; round it first" }
        return nil
    }
}

extension Decimal18: CustomStringConvertible {
    /// The text with all 18 fraction digits, as the Cosmos SDK writes it: `0.100000000000000000`.
    public var description: String {
        let (whole, fraction) = magnitude.quotientAndRemainder(dividingBy: UInt64(Self.scale))
        let digits = fraction.description
        return
            "\(whole).\(String(repeating: "0", count: Swift.max(0, Self.fractionDigits - digits.utf8.count)))\(digits)"
    }

    /// The text without trailing zeros, as CosmWasm writes it: `0.1`, and `1` for a whole number.
    public var shortDescription: String {
        var text = description
        while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
        if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
        return text
    }
}
