import ModuleKit
import Testing

@Suite("Reading JSON")
struct JSONParserTests {
    @Test(
        "Every kind of value is read and written back",
        arguments: [
            "null", "true", "false", "0", "-0", "1.50", "-12e+3",
            "123456789012345678901234567890.000000000000000001E-7",
            "\"\"", "\"text\"", "[]", "{}", "[1,[2,[]],{\"a\":null}]", "{\"b\":1,\"a\":{\"c\":[true,false]}}",
            "{\"\":\"é\"}",
        ]
    )
    func values(text: String) throws {
        #expect(try JSONValue(parsing: text).text() == text)
    }

    @Test("Blanks around values are skipped")
    func blanks() throws {
        #expect(try JSONValue(parsing: " \t\r\n{ \"a\" : [ 1 , 2 ] } \n").text() == "{\"a\":[1,2]}")
    }

    @Test("Escapes are undone, surrogate pairs included")
    func escapes() throws {
        let value = try JSONValue(parsing: #""\"\\\/\b\f\n\r\t\u00e9\u0000\uD83D\uDE00x""#)
        #expect(value == .string("\"\\/\u{8}\u{C}\n\r\té\u{0}😀x"))
    }

    @Test(
        "What is not strict JSON is refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "'a'", "+1", "01", "-", "-01", "1.", ".5", "1e", "1e+", "0x1", "1 2",
            "NaN", "Infinity",
            "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}",
            "{1:1}",
            "{\"a\" 1}", "{\"a\":1 \"b\":2}", "\"", "\"a", "\"\\", "\"\\u", "\"\\u12", "\"\\u12g4\"", "\"\\x\"",
            "\"\n\"",
            "\"\u{1}\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"", "{}{}", "[]x",
            "\u{FEFF}[]",
            "// c\n[]", "[]\u{0}", "\u{0}",
        ]
    )
    func refused(text: String) {
        let error = failure { try JSONValue(parsing: text) }
        #expect(error?.code == .invalidJSON)
        #expect(error?.message.hasPrefix("line ") == true)
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [[0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80]] as [[UInt8]]
    )
    func invalidUnicode(bytes: [UInt8]) {
        #expect(code { try JSONValue(parsing: [0x22] + bytes + [0x22]) } == .invalidJSON)
        #expect(code { try JSONValue(parsing: [0x22, 0x5C, 0x6E] + bytes + [0x22]) } == .invalidJSON)
        #expect(code { try JSONValue(parsing: bytes) } == .invalidJSON)
    }

    @Test("Errors say where: lines and columns count from one, columns in bytes")
    func positions() {
        let cases = [
            ("{\n  \"a\": 1,\n  \"b\": x\n}", "line 3, column 8: "),
            ("{\n  \"a\": 1,\n  \"a\": 2\n}", "line 3, column 3: "),
            ("[]\n\n  x", "line 3, column 3: "),
            ("[1,\n2", "line 2, column 2: "),
            ("[\"é\", x]", "line 1, column 8: "),
        ]
        for (text, position) in cases {
            #expect(failure { try JSONValue(parsing: text) }?.message.hasPrefix(position) == true, "\(text)")
        }
    }

    @Test("A repeated name is refused in small and large objects, however it is escaped")
    func repeatedNames() {
        #expect(code { try JSONValue(parsing: #"{"a":1,"\u0061":2}"#) } == .invalidJSON)
        for count in [2, 12, 13, 14, 100, 5000] {
            let names = (0..<count).map(String.init)
            let members = names.map { "\"\($0)\":1" }.joined(separator: ",")
            #expect(code { try JSONValue(parsing: "{\(members)}") } == nil)
            #expect(
                failure { try JSONValue(parsing: "{\(members),\"0\":1}") }?.message.contains("\"0\" is repeated")
                    == true
            )
            #expect(code { try JSONValue(parsing: "{\(members),\"\(count - 1)\":1}") } == .invalidJSON)
        }
    }

    @Test("Names are told apart by their bytes, not by what they look like")
    func canonicallyEqualNames() throws {
        let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
        #expect(try value["\u{E9}"].integer() == 1)
        #expect(try value["e\u{301}"].integer() == 2)
    }

    @Test("Nesting is limited, and no depth exhausts the stack")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSONValue(parsing: nested(128)).text() == nested(128))
        #expect(code { try JSONValue(parsing: nested(129)) } == .invalidJSON)
        #expect(try JSONValue(parsing: nested(512), depthLimit: .max).text() == nested(512))
        #expect(code { try JSONValue(parsing: nested(513), depthLimit: .max) } == .invalidJSON)
        #expect(code { try JSONValue(parsing: String(repeating: "{\"a\":[", count: 1_000_000)) } == .invalidJSON)
        #expect(try JSONValue(parsing: "1", depthLimit: 0).text() == "1")
        #expect(code { try JSONValue(parsing: "[]", depthLimit: -1) } == .invalidJSON)
    }

    @Test("Truncated documents are refused, and altered ones are refused or round-trip", arguments: propertySeeds)
    func mutations(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        let original = [UInt8](JSONSamples.genesis.utf8)
        for length in 0..<original.count {
            #expect(code { try JSONValue(parsing: Array(original.prefix(length))) } == .invalidJSON)
        }
        var readable = 0
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0...generator.next(below: 3) {
                bytes[generator.next(below: bytes.count)] ^= UInt8(1 << generator.next(below: 8))
            }
            if generator.next(below: 4) == 0 { bytes.removeSubrange(0..<generator.next(below: bytes.count)) }
            do {
                let value = try JSONValue(parsing: bytes)
                readable += 1
                #expect(try JSONValue(parsing: value.bytes(.pretty)) == value)
            } catch {
                #expect(error.code == .invalidJSON)
            }
        }
        #expect(readable > 0 && readable < 3000)
    }
}
