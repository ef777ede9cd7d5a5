/// The name of a token's smallest unit, such as `uatom`.
///
/// The rule is that of the Cosmos SDK: a letter, then 2 to 127 letters, digits or `/ : . _ -`.
public struct Denom: Hashable, Sendable {
    /// The name; ASCII.
    public let text: String

    /// Checks and wraps a name.
    ///
    /// - Throws: `invalidDenom`.
    public init(_ text: String) throws(ModuleError) {
        guard Self.isValid(text.utf8) else {
            throw ModuleError(
                .invalidDenom,
                "denomination \(quoted(text)) is not allowed; use a letter, then 2 to 127 letters, digits or / : . _ -"
            )
        }
        self.text = text
    }

    private static func isValid(_ characters: String.UTF8View) -> Bool {
        guard let first = characters.first, isLetter(first) else { return false }
        var count = 0
        for character in characters {
            count += 1
            guard count <= 128, isLetter(character) || isDigit(character) || isMark(character) else { return false }
        }
        return count >= 3
    }

    private static func isLetter(_ character: UInt8) -> Bool {
        (character | 0x20) &- UInt8(ascii: "a") < 26
    }

    private static func isMark(_ character: UInt8) -> Bool {
        switch character {
        case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

extension Denom: Comparable {
    /// Compares the ASCII bytes, so upper case sorts before lower case.
    public static func < (lhs: Denom, rhs: Denom) -> Bool { lhs.text < rhs.text }
}

extension Denom: CustomStringConvertible {
    /// The name.
    public var description: String { text }
}
