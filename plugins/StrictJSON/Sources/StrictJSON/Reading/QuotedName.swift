/// Quotes a name that came from outside for use in a message.
///
/// At most 64 scalars are kept, and everything except printable ASCII is escaped: messages are recorded, so they are
/// bounded, carry no control characters, and do not depend on the Unicode version of the machine.
func quoted(_ name: String) -> String {
    var result = "\""
    for (index, scalar) in name.unicodeScalars.enumerated() {
        guard index < 64 else { return result + "…\"" }
        switch scalar.value {
        case 0x22, 0x5C: result += "\\\(scalar)"
        case 0x20...0x7E: result += "\(scalar)"
        default: result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
    return result + "\""
}
