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

    /// The text without what could steer a terminal, or turn a line around: such characters become `�`.
    var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0.steersTerminals ? "\u{FFFD}" : $0 }))
    }

    /// How many columns of a terminal the text takes: two for each wide character of East Asia, and for each emoji.
    var columnCount: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }

    /// The text in a field of some columns.
    func padded(to width: Int, _ alignment: Table.Alignment) -> String {
        let blanks = String(repeating: " ", count: max(0, width - columnCount))
        return alignment == .left ? self + blanks : blanks + self
    }
}

extension Unicode.Scalar {
    /// Whether a terminal would do something else than to show it: control characters, separators of lines, and the marks that
    /// turn the direction of writing.
    fileprivate var steersTerminals: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: properties.isBidiControl
        }
    }
}

extension Character {
    /// Whether it takes two columns of a terminal (Unicode Standard Annex 11, the ranges that names are likely to have).
    fileprivate var isWide: Bool {
        guard let first = unicodeScalars.first else { return false }
        if first.properties.isEmojiPresentation || unicodeScalars.contains("\u{FE0F}") { return true }
        return switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
