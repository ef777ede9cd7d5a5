import StrictJSON

/// Quotes a text that came from outside for use in a message: bounded, and in printable ASCII.
func quoted(_ text: String) -> String { String(quoting: text, mark: "'") }

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
