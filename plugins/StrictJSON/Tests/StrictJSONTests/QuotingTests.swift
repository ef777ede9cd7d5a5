import StrictJSON
import Testing

@Suite("A quoted text")
struct QuotingTests {
    @Test("is in printable ASCII, with its mark and the backslash escaped")
    func escaping() {
        #expect(String(quoting: "é\"\\\n'~ ") == #""\u{E9}\"\\\u{A}'~ ""#)
        #expect(String(quoting: "é\"\\\n'~ ", mark: "'") == #"'\u{E9}"\\\u{A}\'~ '"#)
        #expect(String(quoting: "") == "\"\"")
    }

    @Test("keeps 64 scalars, however many make a character")
    func bounds() {
        let letters = String(repeating: "a", count: 64)
        #expect(String(quoting: letters) == "\"\(letters)\"")
        #expect(String(quoting: letters + "a") == "\"\(letters)…\"")
        let accents = "e" + String(repeating: "\u{301}", count: 1000)
        #expect(String(quoting: accents) == "\"e" + String(repeating: #"\u{301}"#, count: 63) + "…\"")
    }
}
