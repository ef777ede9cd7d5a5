extension String {
    /// Quotes a text that came from outside, for use in an error message.
    ///
    /// At most 64 scalars are kept, and everything except printable ASCII is escaped: messages are recorded, so they are
    /// bounded, carry no control characters, and do not depend on the Unicode version of the machine.
    ///
    /// - Parameter mark: what stands on both sides, an ASCII character. Within the text it is escaped.
    public init(quoting text: String, mark: Unicode.Scalar = "\"") {
        self.init(mark)
        for (index, scalar) in text.unicodeScalars.enumerated() {
            guard index < 64 else {
                self += "…"
                break
            }
            switch scalar {
            case mark, "\\": self += "\\\(scalar)"
            case " "..."~": self += "\(scalar)"
            default: self += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            }
        }
        unicodeScalars.append(mark)
    }
}
