import ModuleKit

/// What accounts, validators and recipients are on the control channel: texts of another chain, whose form is its own.
///
/// They are bounded and printable ASCII, so two of them are equal exactly if their bytes are.
enum PacketText {
    static let maximumByteCount = 256
    static let rule = "this is a text of 1 to \(maximumByteCount) printable ASCII characters"

    static func isValid(_ text: String) -> Bool {
        (1...maximumByteCount).contains(text.utf8.count) && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }

    /// Refuses a text that the other end would refuse.
    ///
    /// - Throws: `malformedControlPacket`.
    static func check(_ texts: String...) throws(ModuleError) { try check(texts) }

    static func check(_ texts: [String]) throws(ModuleError) {
        guard texts.allSatisfy(isValid) else {
            throw ModuleError(
                .malformedControlPacket,
                "accounts, validators and recipients of a packet are texts of 1 to \(maximumByteCount) printable ASCII "
                    + "characters; shorten or correct them"
            )
        }
    }
}
