import ModuleKit
import Testing

@Suite("A recorded message")
struct RecordedMessageTests {
    @Test("has at most 512 bytes, and is cut between scalars, whatever counts as a character")
    func cut() {
        // One character by any version of Unicode, of 600 bytes.
        let cluster = "e" + String(repeating: "\u{301}", count: 300)
        let recorded = ModuleError(.invalidArgument, cluster).recordedMessage
        #expect(recorded.utf8.count == 512)
        #expect(recorded.unicodeScalars.first == "e")
        #expect(recorded.unicodeScalars.last == "…")
    }

    @Test("stays as it is where it is short")
    func short() {
        let message = String(repeating: "ü", count: 256)
        #expect(ModuleError(.invalidArgument, message).recordedMessage == message)
    }
}
