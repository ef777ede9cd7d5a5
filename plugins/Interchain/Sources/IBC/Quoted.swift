/// Quotes a text that came from outside for use in a message.
///
/// At most 64 scalars are kept, and everything except printable ASCII is escaped: messages are recorded, so they are
/// bounded, carry no control characters, and do not depend on the Unicode version of the machine.
func quoted(_ text: String) -> String {
    var result = "'"
    for (index, scalar) in text.unicodeScalars.enumerated() {
        guard index < 64 else { return result + "…'" }
        switch scalar.value {
        case 0x27, 0x5C: result += "\\\(scalar)"
        case 0x20...0x7E: result += "\(scalar)"
        default: result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
    return result + "'"
}

/// Whether a text holds nothing but blanks and control characters of ASCII, or nothing at all.
func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 <= 0x20 || $0 == 0x7F }
}

/// Reads a whole number without sign, blanks or leading zeros; nil for any other text, or beyond 64 bits.
func wholeNumber(_ digits: some StringProtocol) -> UInt64? {
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
        digits.utf8.count == 1 || digits.utf8.first != UInt8(ascii: "0")
    else { return nil }
    return UInt64(digits)
}
