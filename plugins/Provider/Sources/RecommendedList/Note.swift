import ModuleKit
import RecommendedListEvents

/// What is said of a recommended instance.
enum Note {
    /// Reads a note: a short text that can be shown anywhere.
    ///
    /// - Throws: `invalidNote`.
    static func read(_ text: String) throws(ModuleError) -> String {
        guard text.utf8.count <= RecommendedList.noteBytesMax else {
            throw ModuleError(
                .invalidNote,
                "the note has \(text.utf8.count) bytes: shorten it to \(RecommendedList.noteBytesMax) or fewer"
            )
        }
        // The control characters C0, DEL and C1 could rewrite what a terminal shows of an entry.
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
            throw ModuleError(.invalidNote, "the note has control characters: write it in one line of plain text")
        }
        return text
    }
}
