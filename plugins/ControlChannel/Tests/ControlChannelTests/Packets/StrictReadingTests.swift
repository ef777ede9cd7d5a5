import ControlChannel
import ModuleKit
import Testing

@Suite("Strict reading of packets")
struct StrictReadingTests {
    private func read(_ text: String, _ version: ControlVersion = .reference) throws -> ProviderPacket {
        try ProviderPacket(json: Array(text.utf8), version: version)
    }

    private func stake(
        delegator: String = #""alice""#,
        denom: String = #""uosmo""#,
        amount: String = #""5""#,
        transaction: String = "1"
    ) -> String {
        #"{"stake":{"delegator":\#(delegator),"validator":"v","stake":{"denom":\#(denom),"amount":\#(amount)},"#
            + #""tx_id":\#(transaction)}}"#
    }

    @Test("Members may stand in any order, with blanks and escapes")
    func spellings() throws {
        let plain = try read(stake())
        let other = """
            { "stake" : { "tx_id": 1, "stake": {"amount":"5", "denom":"uosmo"}, "validator": "v",
              "delegator": "\\u0061lice" } }
            """
        #expect(try read(other) == plain)
        #expect(try ProviderPacket.reading(Array(other.utf8), version: .reference) == .equivalent)
    }

    @Test("Each missing, unknown, repeated or empty member is refused")
    func members() {
        let coin = #"{"denom":"uosmo","amount":"5"}"#
        let cases: [(String, ModuleError.Code)] = [
            ("", .malformedControlPacket), ("null", .malformedControlPacket), ("[]", .malformedControlPacket),
            ("{}", .malformedControlPacket), (#""stake""#, .malformedControlPacket),
            (#"{"stake":{}}"#, .malformedControlPacket), (#"{"stake":null}"#, .malformedControlPacket),
            (#"{"stake":[]}"#, .malformedControlPacket), (#"{"nothing":{}}"#, .unknownControlPacket),
            (#"{"Stake":{}}"#, .unknownControlPacket), (#"{"":{}}"#, .unknownControlPacket),
            (#"{"stake":{"delegator":"a","validator":"v","stake":\#(coin)}}"#, .malformedControlPacket),
            (#"{"stake":{"delegator":"a","validator":"v","tx_id":1}}"#, .malformedControlPacket),
            (#"{"stake":{"delegator":"a","stake":\#(coin),"tx_id":1}}"#, .malformedControlPacket),
            (#"{"stake":{"validator":"v","stake":\#(coin),"tx_id":1}}"#, .malformedControlPacket),
            (
                #"{"stake":{"delegator":"a","validator":"v","stake":\#(coin),"tx_id":1,"x":null}}"#,
                .unknownControlMember
            ),
            (
                #"{"stake":{"delegator":"a","validator":"v","stake":\#(coin),"tx_id":1,"tx_id":1}}"#,
                .malformedControlPacket
            ),
            (
                #"{"stake":{"delegator":"a","validator":"v","stake":{"denom":"uosmo","amount":"5","x":1},"tx_id":1}}"#,
                .unknownControlMember
            ),
            (stake() + stake(), .malformedControlPacket),
            (#"{"burn":{"validators":[],"burn":\#(coin)}}"#, .malformedControlPacket),
            (#"{"burn":{"validators":["v",1],"burn":\#(coin)}}"#, .malformedControlPacket),
            (
                #"{"stake":{"delegator":"a","validator":"v","stake":\#(coin),"tx_id":1},"burn":{}}"#,
                .malformedControlPacket
            ),
            (String(repeating: #"{"stake":"#, count: 200), .malformedControlPacket),
        ]
        for version in [ControlVersion.reference, .newest] {
            for (text, expected) in cases {
                #expect(code { _ = try read(text, version) } == expected, "\(text)")
            }
        }
    }

    @Test("Amounts are strings of 128 bits, numbers are numbers of 64 bits, and each has one spelling")
    func numbers() throws {
        let largest = "340282366920938463463374607431768211455"
        guard case .stake(let packet) = try read(stake(amount: #""\#(largest)""#, transaction: "18446744073709551615"))
        else { throw Unexpected() }
        #expect(packet.stake.amount == .max && packet.transaction == .max)
        for wrong in [
            "5", #""""#, #""05""#, #""+5""#, #""-5""#, #"" 5""#, #""5.0""#, #""5e1""#, "null",
            #""340282366920938463463374607431768211456""#,
        ] {
            #expect(code { _ = try read(stake(amount: wrong)) } == .malformedControlPacket, "\(wrong)")
        }
        for wrong in [#""1""#, "-1", "-0", "1.0", "1e0", "01", "18446744073709551616", "null", "true"] {
            #expect(code { _ = try read(stake(transaction: wrong)) } == .malformedControlPacket, "\(wrong)")
        }
        // One that a number of floating point can't hold.
        let odd = stake(transaction: "9223372036854775809")
        #expect(try text(read(odd).json(version: .reference)) == odd)
    }

    @Test("Texts are printable ASCII and bounded, for readers and for writers")
    func texts() throws {
        let longest = String(repeating: "a", count: 256)
        #expect(try ProviderPacket.reading(Array(stake(delegator: "\"\(longest)\"").utf8), version: .newest) == .exact)
        let coin = Coin(5, try Denom("uosmo"))
        for wrong in ["", longest + "a", "é", "a\u{0301}", "\u{212A}", "\u{7F}", "\n", "\u{0}"] {
            let json = stake(delegator: JSONValue.string(wrong).text())
            #expect(code { _ = try read(json) } == .malformedControlPacket, "\(wrong)")
            let making = code {
                _ = try StakePacket(delegator: wrong, validator: "v", stake: coin, transaction: 1)
            }
            #expect(making == .malformedControlPacket, "\(wrong)")
        }
        for wrong in [#""u""#, #""1osmo""#, #""u osmo""#, #""""#, "1"] {
            #expect(code { _ = try read(stake(denom: wrong)) } == .malformedControlPacket, "\(wrong)")
        }
        let quotes = stake(delegator: #""a\"\\b/<&>""#)
        #expect(try ProviderPacket.reading(Array(quotes.utf8), version: .reference) == .exact)
    }

    @Test("A packet beyond 40 KiB is refused unread")
    func size() throws {
        let exact = Array(stake().utf8) + [UInt8](repeating: 0x20, count: 40 * 1024 - stake().utf8.count)
        #expect(try ProviderPacket.reading(exact, version: .reference) == .equivalent)
        #expect(
            code { _ = try ProviderPacket(json: exact + [0x20], version: .reference) } == .controlPacketTooLarge
        )
    }

    @Test("What is refused is told in a bounded message, whatever was sent")
    func messages() {
        let name = String(repeating: "n", count: 10_000)
        for text in [#"{"\#(name)":{}}"#, #"{"stake":{"\#(name)":1}}"#, stake(transaction: #""\#(name)""#)] {
            do throws(ModuleError) {
                _ = try ProviderPacket(json: Array(text.utf8), version: .reference)
                Issue.record("read \(text)")
            } catch {
                #expect(error.message.utf8.count < 400)
            }
        }
    }

    private struct Unexpected: Error {}
}
