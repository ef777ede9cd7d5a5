/// A name by which two chains speak of a client, a connection, a channel or a port (ICS-24).
///
/// Made of letters and digits of ASCII and `. _ + - # [ ] < >`; never of a slash, so that paths stay unambiguous. How
/// long it is depends on its kind, see ``ClientID`` and its like.
public struct Identifier<Kind: IdentifierKind>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The identifier.
    public let text: String

    /// Checks a text and takes it over.
    ///
    /// - Throws: `invalidIdentifier`.
    public init(_ text: String) throws(IBCError) {
        try IdentifierRules.check(text, lengths: Kind.lengths, noun: Kind.noun)
        self.init(checked: text)
    }

    /// Takes a text that is known to be one.
    init(checked text: String) {
        self.text = text
    }

    /// The identifier.
    public var description: String { text }

    /// Orders by bytes, as a store does.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension Identifier where Kind: NumberedIdentifierKind {
    /// The identifier of a number: `channel-0`.
    public init(number: UInt64) {
        // Of every kind, the shortest is as long as the kind demands, and the longest shorter than 64 characters.
        self.init(checked: "\(Kind.prefix)-\(number)")
    }

    /// The number, or nil for an identifier of another form, with leading zeros, or beyond 64 bits.
    public var number: UInt64? {
        let prefix = "\(Kind.prefix)-"
        guard text.utf8.starts(with: prefix.utf8) else { return nil }
        return wholeNumber(text.dropFirst(prefix.count))
    }
}

/// What every identifier obeys.
enum IdentifierRules {
    /// Throws unless a text has an allowed length and nothing but allowed characters.
    static func check(_ text: String, lengths: ClosedRange<Int>, noun: String) throws(IBCError) {
        guard lengths.contains(text.utf8.count) else {
            throw IBCError(
                .invalidIdentifier,
                "the \(noun) \(quoted(text)) has \(text.utf8.count) characters; give one of "
                    + "\(lengths.lowerBound) to \(lengths.upperBound)"
            )
        }
        guard text.utf8.allSatisfy(isAllowed) else {
            throw IBCError(
                .invalidIdentifier,
                "the \(noun) \(quoted(text)) has other characters than A-Z a-z 0-9 . _ + - # [ ] < >; remove them"
            )
        }
    }

    private static func isAllowed(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "#"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "<"), UInt8(ascii: ">"):
            true
        default: false
        }
    }
}
