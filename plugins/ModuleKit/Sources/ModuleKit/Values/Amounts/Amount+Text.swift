extension Amount {
    /// Reads the canonical decimal text: digits only, no leading zero.
    ///
    /// - Throws: `invalidAmount`, with a message that names what is wrong; `arithmeticOverflow` above 2^128 - 1.
    public init(_ text: String) throws(ModuleError) {
        if let fault = Self.fault(in: text.utf8) {
            throw ModuleError(.invalidAmount, "amount \(quoted(text)) \(fault)")
        }
        guard let units = UInt128(digits: text.utf8) else { throw Self.tooLarge(quoted(text)) }
        self.init(units)
    }

    /// What keeps a text from being a canonical amount, as the rest of a sentence.
    static func fault(in digits: some BidirectionalCollection<UInt8>) -> String? {
        guard let first = digits.first else { return "is empty; write 0 for nothing" }
        for character in digits where !isDigit(character) {
            switch character {
            case UInt8(ascii: "+"), UInt8(ascii: "-"): return "has a sign; amounts are digits only and never below zero"
            case UInt8(ascii: "."), UInt8(ascii: ","): return "has a fraction; write it in the smallest unit"
            case 0x09, 0x0A, 0x0D, 0x20: return "has a blank; write digits only"
            default: return "has a character that is not a digit; write digits only"
            }
        }
        if first == UInt8(ascii: "0"), digits.count > 1 { return "has a leading zero; write it without" }
        return nil
    }
}

extension Amount: CustomStringConvertible {
    /// The canonical decimal text.
    public var description: String { UInt256(high: 0, low: units).description }
}

/// Whether the character is one of `0` to `9`.
func isDigit(_ character: UInt8) -> Bool {
    character &- UInt8(ascii: "0") < 10
}

extension UInt128 {
    /// The value of decimal digits, or nil if there is another character or the value does not fit.
    init?(digits: some Sequence<UInt8>) {
        guard let wide = UInt256(digits: digits), wide.high == 0 else { return nil }
        self = wide.low
    }
}
