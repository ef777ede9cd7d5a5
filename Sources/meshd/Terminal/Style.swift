/// Colours, or none.
struct Style: Sendable {
    /// What a text is to look like.
    enum Paint: String, Sendable {
        case plain = ""
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    let isColoured: Bool

    static let plain = Style(isColoured: false)

    /// The text, painted where colours are on.
    func paint(_ text: String, _ paint: Paint) -> String {
        isColoured && paint != .plain ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
    }

    func bold(_ text: String) -> String { paint(text, .bold) }
    func dim(_ text: String) -> String { paint(text, .dim) }
}

extension BinaryInteger {
    /// The digits in groups of three: `1,234,567`.
    var grouped: String { String(describing: self).groupingDigits }

    /// The number with what it counts: `1 block`, `2 blocks`.
    func counting(_ noun: String) -> String { "\(grouped) \(noun)\(self == 1 ? "" : "s")" }
}

extension String {
    /// A whole number's digits in groups of three; other texts as they are.
    var groupingDigits: String {
        guard !isEmpty, utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return self }
        var grouped = ""
        for (index, digit) in enumerated() {
            if index > 0, (count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return grouped
    }

    /// The text without what could steer a terminal: control characters become `�`.
    var printable: String {
        String(
            String.UnicodeScalarView(unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 })
        )
    }

    /// The text in a field of some width.
    func padded(to width: Int, _ alignment: Table.Alignment) -> String {
        let blanks = String(repeating: " ", count: max(0, width - count))
        return alignment == .left ? self + blanks : blanks + self
    }
}
