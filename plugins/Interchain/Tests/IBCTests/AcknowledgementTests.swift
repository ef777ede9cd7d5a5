import IBC
import Testing

@Suite("Acknowledgements")
struct AcknowledgementTests {
    @Test("Results and errors are written in JSON as ibc-go writes them, and read back")
    func json() throws {
        let cases: [(Acknowledgement, String)] = [
            (.success, #"{"result":"AQ=="}"#),
            (.failure(code: 1), #"{"error":"ABCI code: 1: error handling packet: see events for details"}"#),
            (
                .failure(code: .max),
                #"{"error":"ABCI code: 4294967295: error handling packet: see events for details"}"#
            ),
            (.error("a<b>&\"\\\n\u{1}é\u{2028}"), #"{"error":"a\u003cb\u003e\u0026\"\\\n\u0001é\u2028"}"#),
            (.result([0xFB, 0xFF]), #"{"result":"+/8="}"#),
        ]
        for (acknowledgement, text) in cases {
            #expect(String(decoding: acknowledgement.json, as: UTF8.self) == text)
            #expect(try Acknowledgement(json: Array(text.utf8)) == acknowledgement)
        }
    }

    @Test("What could be written in another way is refused")
    func strictJSON() {
        let cases: [(String, IBCError.Code)] = [
            ("", .malformed), ("{}", .malformed), ("[]", .malformed), ("null", .malformed),
            (#"{"result":""}"#, .missing), (#"{"error":" \n"}"#, .missing), (#"{"error":1}"#, .malformed),
            (#"{"result":"AQ=="} "#, .notCanonical), (#"{ "result":"AQ=="}"#, .notCanonical),
            (#"{"result":"AQ"}"#, .malformed), (#"{"result":"AR=="}"#, .notCanonical),
            (#"{"error":"a<b"}"#, .notCanonical), (#"{"error":"\u0061"}"#, .notCanonical),
            (#"{"result":"AQ==","error":"x"}"#, .malformed), (#"{"result":"AQ==","result":"AQ=="}"#, .malformed),
            (#"{"Result":"AQ=="}"#, .malformed), (#"{"error":{"a":1}}"#, .malformed),
            (#"{"result":"AQ=="}x"#, .malformed),
        ]
        for (text, expected) in cases {
            #expect(code { _ = try Acknowledgement(json: Array(text.utf8)) } == expected, "\(text)")
        }
        let long = [UInt8](repeating: 0x20, count: Acknowledgement.maximumByteCount + 1)
        #expect(code { _ = try Acknowledgement(json: long) } == .tooLarge)
    }

    @Test("In protobuf the first byte is not ASCII: 0xaa for a result, 0xb2 for an error")
    func protobuf() throws {
        #expect(Acknowledgement.success.encoded == [0xAA, 0x01, 0x01, 0x01])
        #expect(Acknowledgement.error("x").encoded == [0xB2, 0x01, 0x01, 0x78])
        for acknowledgement in [Acknowledgement.success, .error("x"), .failure(code: 7)] {
            #expect(try Acknowledgement(encoded: acknowledgement.encoded) == acknowledgement)
            #expect(acknowledgement.isSuccess == (acknowledgement == .success))
        }
        #expect(code { _ = try Acknowledgement(encoded: []) } == .missing)
        #expect(code { _ = try Acknowledgement(encoded: [0xAA, 0x01, 0x00]) } == .missing)
        // Both at once: the last one would win, so it is no encoding.
        let both = Acknowledgement.success.encoded + Acknowledgement.error("x").encoded
        #expect(code { _ = try Acknowledgement(encoded: both) } == .notCanonical)
    }
}
