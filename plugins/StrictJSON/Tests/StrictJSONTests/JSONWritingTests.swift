import StrictJSON
import Testing

@Suite("Writing JSON")
struct JSONWritingTests {
    @Test("The pretty layout puts a value on each line")
    func pretty() {
        let value: JSONValue = ["b": ["x", true], "a": [:], "c": [], "n": .number(JSONNumber(7))]
        #expect(
            value.text(.pretty) == """
                {
                  "b": [
                    "x",
                    true
                  ],
                  "a": {},
                  "c": [],
                  "n": 7
                }

                """
        )
        #expect(value.text() == #"{"b":["x",true],"a":{},"c":[],"n":7}"#)
    }

    @Test("Only what must be escaped is")
    func escaping() throws {
        let text = String(String.UnicodeScalarView((0...0x7F).compactMap { Unicode.Scalar($0) })) + "é😀\u{2028}"
        let written = JSONValue.string(text).text()
        #expect(
            written.hasPrefix(#""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010"#)
        )
        #expect(written.hasSuffix("\u{7F}é😀\u{2028}\""))
        #expect(written.contains("/") && !written.contains("\\/"))
        #expect(try JSONValue(text: written) == .string(text))
    }

    @Test("Sorting orders the members of every object by the bytes of their names")
    func sorting() throws {
        let value = try JSONValue(text: #"{"b":[{"é":1,"z":2,"A":3}],"a":0,"B":1}"#)
        #expect(value.sortedByName().text() == #"{"B":1,"a":0,"b":[{"A":3,"z":2,"é":1}]}"#)
    }

    @Test(
        "Members are replaced, appended and removed in place, in objects of any size",
        arguments: ValueGenerator.seeds
    )
    func members(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        var object = JSONObject()
        var expected: [(name: String, value: JSONValue)] = []
        for _ in 0..<600 {
            let name = "n\(generator.next(below: 40))"
            let position = expected.firstIndex { $0.name == name }
            if generator.next(below: 3) == 0 {
                object[name] = nil
                if let position { expected.remove(at: position) }
            } else {
                let value = JSONValue.number(JSONNumber(generator.next()))
                object[name] = value
                if let position { expected[position].value = value } else { expected.append((name, value)) }
            }
            #expect(object.members.map(\.name) == expected.map(\.name))
            #expect(object.members.map(\.value) == expected.map(\.value))
            #expect(object[name] == expected.first { $0.name == name }?.value)
        }
    }
}
