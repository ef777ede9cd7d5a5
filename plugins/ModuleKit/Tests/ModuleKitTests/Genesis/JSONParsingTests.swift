import ModuleKit
import Testing

@Suite("Reading JSON for modules")
struct JSONParsingTests {
    @Test("Text and bytes are read alike, exactly and in order")
    func reading() throws {
        let text = #"{"b":1.50,"a":["x",{}]}"#
        #expect(try JSONValue(parsing: text).text() == text)
        #expect(try JSONValue(parsing: [UInt8](text.utf8)).text() == text)
    }

    @Test(
        "Every fault is the error of the genesis codes, with the reader's message",
        arguments: [
            ("", "line 1, column 1: the text ends where a value has to come; it is cut off"),
            (
                "[1,\n2",
                "line 2, column 2: the text ends where a comma or the end of the array has to come; it is cut off"
            ),
            (#"{"a":1,"a":2}"#, #"line 1, column 8: the name "a" is repeated in its object; keep one of them"#),
            ("{} x", "line 1, column 4: there is more after the value; a document is one value, remove the rest"),
        ]
    )
    func faults(text: String, message: String) {
        #expect(failure { try JSONValue(parsing: text) } == ModuleError(.invalidJSON, message))
        #expect(failure { try JSONValue(parsing: [UInt8](text.utf8)) } == ModuleError(.invalidJSON, message))
    }

    @Test("Depth and length are limited")
    func limits() throws {
        #expect(try JSONValue(parsing: "[[]]", depthLimit: 2).text() == "[[]]")
        #expect(code { try JSONValue(parsing: "[[]]", depthLimit: 1) } == .invalidJSON)
        #expect(try JSONValue(parsing: "[[]]", byteCountLimit: 4).text() == "[[]]")
        #expect(code { try JSONValue(parsing: "[[]]", byteCountLimit: 3) } == .invalidJSON)
        let deep = String(repeating: "[", count: JSONValue.standardDepthLimit + 1)
        #expect(failure { try JSONValue(parsing: deep) }?.message.contains("deeper than 128 levels") == true)
    }
}
