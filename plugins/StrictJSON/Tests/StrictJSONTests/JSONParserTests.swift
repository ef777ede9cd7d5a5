import StrictJSON
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
        #expect(try JSONValue(text: text).text() == text)
    }

    @Test("Blanks around values are skipped")
    func blanks() throws {
        #expect(try JSONValue(text: " \t\r\n{ \"a\" : [ 1 , 2 ] } \n").text() == "{\"a\":[1,2]}")
    }

    @Test("Escapes are undone, surrogate pairs included")
    func escapes() throws {
        let value = try JSONValue(text: #""\"\\\/\b\f\n\r\t\u00e9\u0000\uD83D\uDE00x""#)
        #expect(value == .string("\"\\/\u{8}\u{C}\n\r\té\u{0}😀x"))
    }

    @Test(
        "What is not strict JSON is refused",
        arguments: [
            "", " ", "nul", "nulll", "True", "truE", "'a'", "+1", "01", "-", "-01", "1.", ".5", "1e", "1e+", "0x1",
            "1 2",
            "NaN", "Infinity",
            "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}",
            "{1:1}",
            "{\"a\" 1}", "{\"a\":1 \"b\":2}", "\"", "\"a", "\"\\", "\"\\u", "\"\\u12", "\"\\u12g4\"", "\"\\u+123\"",
            "\"\\x\"",
            "\"\n\"",
            "\"\u{1}\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\ud800x\"", "{}{}", "[]x",
            "\u{FEFF}[]",
            "// c\n[]", "[]\u{0}", "\u{0}",
        ]
    )
    func refused(text: String) {
        let error = failure { try JSONValue(text: text) }
        #expect(error?.code == .malformed)
        #expect(error?.message.hasPrefix("line ") == true)
    }

    @Test(
        "Bytes that are not UTF-8 are refused",
        arguments: [[0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80]] as [[UInt8]]
    )
    func invalidUnicode(bytes: [UInt8]) {
        #expect(code { try JSONValue(bytes: [0x22] + bytes + [0x22]) } == .malformed)
        #expect(code { try JSONValue(bytes: [0x22, 0x5C, 0x6E] + bytes + [0x22]) } == .malformed)
        #expect(code { try JSONValue(bytes: bytes) } == .malformed)
    }

    @Test("Errors say where: lines and columns count from one, columns in bytes")
    func positions() {
        let cases = [
            ("{\n  \"a\": 1,\n  \"b\": x\n}", 3, 8),
            ("{\n  \"a\": 1,\n  \"a\": 2\n}", 3, 3),
            ("[]\n\n  x", 3, 3),
            ("[1,\n2", 2, 2),
            ("[\"é\", x]", 1, 8),
        ]
        for (text, line, column) in cases {
            let error = failure { try JSONValue(text: text) }
            #expect(error?.position?.line == line && error?.position?.column == column, "\(text)")
            #expect(error?.message.hasPrefix("line \(line), column \(column): ") == true, "\(text)")
        }
    }

    @Test("A repeated name is refused in small and large objects, however it is escaped")
    func repeatedNames() {
        #expect(code { try JSONValue(text: #"{"a":1,"\u0061":2}"#) } == .repeatedName)
        for count in [2, 12, 13, 14, 100, 5000] {
            let names = (0..<count).map(String.init)
            let members = names.map { "\"\($0)\":1" }.joined(separator: ",")
            #expect(code { try JSONValue(text: "{\(members)}") } == nil)
            #expect(
                failure { try JSONValue(text: "{\(members),\"0\":1}") }?.message.contains("\"0\" is repeated")
                    == true
            )
            #expect(code { try JSONValue(text: "{\(members),\"\(count - 1)\":1}") } == .repeatedName)
        }
    }

    @Test("Names are told apart by their bytes, not by what they look like")
    func canonicallyEqualNames() throws {
        guard case .object(let value) = try JSONValue(text: "{\"\u{E9}\":1,\"e\u{301}\":2}") else {
            Issue.record("it is an object")
            return
        }
        #expect(value["\u{E9}"] == .number(JSONNumber(1)))
        #expect(value["e\u{301}"] == .number(JSONNumber(2)))
    }

    @Test("A message shows a repeated name in printable ASCII, and cut short")
    func quotedNames() {
        let odd = failure { try JSONValue(text: #"{"é\"\\\n'":1,"é\"\\\n'":2}"#) }
        #expect(odd?.message.contains(#"the name "\u{E9}\"\\\u{A}'" is repeated"#) == true)
        let letters = String(repeating: "a", count: 64)
        let long = failure { try JSONValue(text: "{\"\(letters)a\":1,\"\(letters)a\":2}") }
        #expect(long?.message.contains("the name \"\(letters)…\" is repeated") == true)
        let exact = failure { try JSONValue(text: "{\"\(letters)\":1,\"\(letters)\":2}") }
        #expect(exact?.message.contains("the name \"\(letters)\" is repeated") == true)
    }

    @Test("Nesting is limited, and no depth exhausts the stack")
    func depth() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSONValue(text: nested(128)).text() == nested(128))
        #expect(code { try JSONValue(text: nested(129)) } == .tooDeep)
        #expect(try JSONValue(text: nested(512), depthLimit: .max).text() == nested(512))
        #expect(code { try JSONValue(text: nested(513), depthLimit: .max) } == .tooDeep)
        #expect(code { try JSONValue(text: String(repeating: "{\"a\":[", count: 1_000_000)) } == .tooDeep)
        #expect(try JSONValue(text: "1", depthLimit: 0).text() == "1")
        #expect(code { try JSONValue(text: "[]", depthLimit: -1) } == .tooDeep)
    }

    @Test("A text longer than the limit is refused unread")
    func size() throws {
        let bytes = [UInt8](Self.document.utf8)
        #expect(try JSONValue(bytes: bytes, byteCountLimit: bytes.count).text().isEmpty == false)
        let error = failure { try JSONValue(bytes: bytes, byteCountLimit: bytes.count - 1) }
        #expect(error?.code == .tooLarge && error?.position == nil)
        #expect(code { try JSONValue(text: "not JSON", byteCountLimit: -1) } == .tooLarge)
    }

    @Test(
        "Truncated documents are refused, and altered ones are refused or round-trip",
        arguments: ValueGenerator.seeds
    )
    func mutations(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        let original = [UInt8](Self.document.utf8)
        for length in 0..<original.count {
            #expect(code { try JSONValue(bytes: Array(original.prefix(length))) } == .malformed)
        }
        var readable = 0
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0...generator.next(below: 3) {
                bytes[generator.next(below: bytes.count)] ^= UInt8(1 << generator.next(below: 8))
            }
            if generator.next(below: 4) == 0 { bytes.removeSubrange(0..<generator.next(below: bytes.count)) }
            do {
                let value = try JSONValue(bytes: bytes)
                readable += 1
                #expect(try JSONValue(bytes: value.bytes(.pretty)) == value)
            } catch {
                #expect(error.code == .malformed || error.code == .repeatedName)
            }
        }
        #expect(readable > 0 && readable < 3000)
    }

    /// The shape of a genesis file of a Cosmos chain, with made-up values.
    private static let document = """
        {"genesis_time":"2019-03-13T23:00:00Z","app_hash":"","consensus_params":{"block":{"max_gas":"-1"}},"app_state":
        {"bank":{"send_enabled":true,"supply":[{"amount":"340282366920938463463374607431768211455","denom":"uatom"},
        {"denom":"uosmo","amount":7}],"denom_metadata":null},"staking":{"delegations":[{"shares":
        "17447172179812.068655345578792708","rate":0.1e-3}],"exported":false,"label":"caf\\u00e9 \\ud83d\\ude00"}}}
        """
}
