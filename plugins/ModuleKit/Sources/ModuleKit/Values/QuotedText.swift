/// Quotes a text that came from outside for use in an error message.
///
/// At most 64 scalars are kept, and everything except printable ASCII is escaped: messages are recorded, so they are
/// bounded, carry no control characters, and do not depend on the Unicode version of the machine.
func quoted(_ text: String) -> String {
    var result = "\""
    var remaining = 64
    for scalar in text.unicodeScalars {
        guard remaining > 0 else { return result + "…\"" }
        remaining -= 1
        switch scalar.value {
        case 0x22, 0x5C:
            result += "\\"
            result.unicodeScalars.append(scalar)
        case 0x20...0x7E:
            result.unicodeScalars.append(scalar)
        default:
            result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
    return result + "\""
}
