import ControlChannel
import ModuleKit
import Testing

@Suite("Versions of the control channel")
struct ControlVersionTests {
    private func text(_ version: String, protocol name: String = "mesh-security") -> String {
        #"{"protocol":"\#(name)","version":"\#(version)"}"#
    }

    private func range(_ minimum: String, _ maximum: String) throws -> ControlVersionRange {
        try ControlVersionRange(
            minimum: ControlVersion(try Version(minimum)),
            maximum: ControlVersion(try Version(maximum))
        )
    }

    @Test("A version is written as the reference writes it, and read with unknown members around it")
    func json() throws {
        #expect(ControlVersion.newest.json == #"{"protocol":"mesh-security","version":"1.0.0"}"#)
        #expect(ControlVersion.reference.json == text("0.11.0"))
        #expect(try ControlVersion(json: ControlVersion.newest.json) == .newest)
        let rich = #"{ "extra": [{"a": null}], "version": "0.11.0", "protocol": "mesh-security" }"#
        #expect(try ControlVersion(json: rich) == .reference)
    }

    @Test("What is no version, or another protocol's, is refused")
    func malformed() {
        let cases: [(String, ModuleError.Code)] = [
            ("", .malformedControlVersion), ("x", .malformedControlVersion), ("[]", .malformedControlVersion),
            ("{}", .malformedControlVersion), (#"{"protocol":"mesh-security"}"#, .malformedControlVersion),
            (#"{"version":"1.0.0"}"#, .malformedControlVersion),
            (#"{"protocol":1,"version":"1.0.0"}"#, .malformedControlVersion),
            (#"{"protocol":"mesh-security","version":null}"#, .malformedControlVersion),
            (text("1.0.0") + " x", .malformedControlVersion),
            (#"{"protocol":"mesh-security","version":"1.0.0","version":"1.0.0"}"#, .malformedControlVersion),
            (text("1.0.0", protocol: "other"), .wrongControlProtocol),
            (text("1.0.0", protocol: "Mesh-security"), .wrongControlProtocol),
            (text("1.0.0" + String(repeating: " ", count: 1024)), .malformedControlVersion),
        ]
        for (text, expected) in cases {
            #expect(code { _ = try ControlVersion(json: text) } == expected, "\(text)")
        }
        for wrong in ["", "x", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-rc1", "-1.0.0", "1.0.4294967296", "١.0.0"] {
            #expect(code { _ = try ControlVersion(json: text(wrong)) } == .malformedControlVersion, "\(wrong)")
        }
    }

    @Test("An end that speaks 0.11.0 alone answers like the reference")
    func reference() throws {
        let range = try range("0.11.0", "0.11.0")
        for proposal in ["0.11.0", "0.11.7", "0.12.0", "0.12.3"] {
            #expect(try range.answer(to: text(proposal)) == .reference, "\(proposal)")
            #expect(try range.proposal(for: text(proposal)) == .reference, "\(proposal)")
        }
        for proposal in ["1.0.0", "2.0.0", "0.10.0", "0.9.0", "0.10.99"] {
            #expect(code { _ = try range.answer(to: text(proposal)) } == .unsupportedControlVersion, "\(proposal)")
            #expect(code { _ = try range.proposal(for: text(proposal)) } == .unsupportedControlVersion, "\(proposal)")
        }
        #expect(try range.proposal(for: "") == .reference)
        #expect(code { _ = try range.answer(to: "") } == .malformedControlVersion)
        #expect(code { _ = try range.proposal(for: " ") } == .malformedControlVersion)
    }

    @Test("By default 1.0.0 is spoken and nothing else: 1.1.0 is answered with it, 0.11.0 and 2.0.0 are refused")
    func standard() throws {
        let range = ControlVersionRange.standard
        #expect(try range.proposal(for: "") == .newest)
        #expect(try range.answer(to: text("1.0.0")) == .newest)
        #expect(try range.answer(to: text("1.1.0")) == .newest)
        #expect(code { _ = try range.answer(to: text("0.11.0")) } == .unsupportedControlVersion)
        #expect(code { _ = try range.answer(to: text("2.0.0")) } == .unsupportedControlVersion)
    }

    @Test("A range from 0.11.0 to 1.0.0 pairs with both, and only 1.0.0 has the extensions")
    func wideRange() throws {
        let range = try range("0.11.0", "1.0.0")
        #expect(try range.answer(to: text("0.11.0")) == .reference)
        #expect(try range.answer(to: text("1.0.0")) == .newest)
        #expect(try range.settle(on: text("0.11.0"), proposed: .newest) == .reference)
        #expect(!ControlVersion.reference.hasExtensions && ControlVersion.newest.hasExtensions)
    }

    @Test("An answer above the proposal, above the own versions or below them settles nothing")
    func settling() throws {
        let wide = try range("0.11.0", "1.0.0")
        #expect(code { _ = try wide.settle(on: text("1.0.0"), proposed: .reference) } == .unsupportedControlVersion)
        #expect(code { _ = try wide.settle(on: text("1.0.1"), proposed: .newest) } == .unsupportedControlVersion)
        #expect(code { _ = try wide.settle(on: text("0.10.9"), proposed: .newest) } == .unsupportedControlVersion)
        let narrow = ControlVersionRange.standard
        #expect(code { _ = try narrow.settle(on: text("0.11.0"), proposed: .newest) } == .unsupportedControlVersion)
        #expect(try narrow.settle(on: text("1.0.0"), proposed: .newest) == .newest)
        let later = ControlVersion(Version(9, 0, 0))
        #expect(code { _ = try narrow.settle(on: text("9.0.0"), proposed: later) } == .unsupportedControlVersion)
        #expect(code { _ = try narrow.settle(on: "", proposed: .newest) } == .malformedControlVersion)
    }

    @Test("A handshake of two ranges settles on what both speak, or fails on one side")
    func handshakes() throws {
        let bounds = ["0.11.0", "0.12.0", "0.12.5", "1.0.0"]
        var settled = 0
        for ours in bounds.indices {
            for theirs in bounds.indices {
                for proposal in bounds {
                    let own = try range(bounds[0], bounds[ours])
                    let other = try range(bounds[0], bounds[theirs])
                    guard let proposed = try? own.proposal(for: text(proposal)),
                        let answer = try? other.answer(to: proposed.json)
                    else { continue }
                    #expect(try own.settle(on: answer.json, proposed: proposed) == answer)
                    #expect(answer <= own.maximum && answer <= other.maximum && answer <= proposed)
                    settled += 1
                }
            }
        }
        #expect(settled > 20)
    }

    @Test("The setting has a minimum and a maximum that this build knows; left out, it is 1.0.0 alone")
    func setting() throws {
        func read(_ text: String) throws -> ControlVersionRange {
            try ControlVersionRange(setting: try JSONValue(parsing: text)["versions"])
        }
        #expect(try read("{}") == .standard && read(#"{"versions":null}"#) == .standard)
        let wide = try read(#"{"versions":{"minimum":"0.11.0","maximum":"1.0.0"}}"#)
        #expect(try wide == range("0.11.0", "1.0.0"))
        #expect(try ControlVersionRange(setting: JSONField(wide.setting)) == wide)
        let cases: [(String, ModuleError.Code)] = [
            (#"{"minimum":"1.0.0","maximum":"0.11.0"}"#, .invalidControlVersionRange),
            (#"{"minimum":"0.10.0","maximum":"1.0.0"}"#, .invalidControlVersionRange),
            (#"{"minimum":"1.0.0","maximum":"1.0.1"}"#, .invalidControlVersionRange),
            (#"{"minimum":"1.0.0"}"#, .missingValue),
            (#"{"minimum":"1.0.0","maximum":1}"#, .wrongKind), (#""1.0.0""#, .wrongKind),
            (#"{"minimum":"1","maximum":"1.0.0"}"#, .invalidValue),
            (#"{"minimum":"1.0.0","maximum":"1.0.0","x":1}"#, .invalidValue),
        ]
        for (text, expected) in cases {
            #expect(code { _ = try read(#"{"versions":\#(text)}"#) } == expected, "\(text)")
        }
    }
}
