import IBC
import StrictJSON
import Testing

@Suite("Packets of ICS-20")
struct TransferPacketTests {
    private func read(_ text: String) throws -> FungibleTokenPacketData {
        try FungibleTokenPacketData(json: Array(text.utf8))
    }

    private func text(amount: String) -> String {
        #"{"amount":"\#(amount)","denom":"uatom","receiver":"b","sender":"a"}"#
    }

    @Test("A packet is written as ibc-go writes it, and without a memo when there is none")
    func writing() throws {
        let text =
            #"{"denom":"uatom","amount":"1000000","sender":"sender","receiver":"receiver","memo":"memo"}"#
        let data = try read(text)
        #expect(String(decoding: data.json, as: UTF8.self) == text)
        #expect(data.amount == 1_000_000 && data.memo == "memo" && data.trace.isNative)
        let bare = try FungibleTokenPacketData(
            trace: DenominationTrace(path: "transfer/channel-0/gamm/pool/1"),
            amount: .max,
            sender: "a",
            receiver: "b"
        )
        let json = String(decoding: bare.json, as: UTF8.self)
        #expect(
            json
                == #"{"denom":"transfer/channel-0/gamm/pool/1","amount":"340282366920938463463374607431768211455","#
                + #""sender":"a","receiver":"b"}"#
        )
        #expect(try read(json) == bare)
    }

    @Test("Members may stand in any order and with blanks, as other chains write them")
    func orders() throws {
        let sorted = try read(#"{ "amount": "5", "denom": "uatom", "memo": "", "receiver": "b", "sender": "a" }"#)
        #expect(try sorted == read(#"{"denom":"uatom","amount":"5","sender":"a","receiver":"b"}"#))
    }

    @Test("Unknown, repeated, missing and wrongly typed members are refused")
    func strictness() {
        let cases: [(String, IBCError.Code)] = [
            (#"{"denom":"uatom","amount":"5","sender":"a","receiver":"b","x":1}"#, .unknownValue),
            (#"{"denom":"uatom","amount":"5","sender":"a","receiver":"b","Memo":"x"}"#, .unknownValue),
            (#"{"denom":"uatom","amount":"5","sender":"a","receiver":"b","sender":"c"}"#, .malformed),
            (#"{"denom":"uatom","amount":"5","sender":"a"}"#, .missing),
            (#"{"denom":"uatom","amount":5,"sender":"a","receiver":"b"}"#, .malformed),
            (#"{"denom":"uatom","amount":"5","sender":"a","receiver":"b","memo":null}"#, .malformed),
            (#"{"denom":"uatom","amount":"5","sender":"a","receiver":"b","memo":{}}"#, .malformed),
            (#"{"denom":"uatom","amount":"5","sender":" ","receiver":"b"}"#, .invalidParty),
            (#"{"denom":"uatom","amount":"5","sender":"a","receiver":""}"#, .invalidParty),
            (#"{"denom":"","amount":"5","sender":"a","receiver":"b"}"#, .invalidDenomination),
            (#"{"denom":"uatom","amount":"5","sender":"a","receiver":"b"}{}"#, .malformed),
            ("[]", .malformed), ("", .malformed), ("\u{0}", .malformed),
        ]
        for (text, expected) in cases {
            #expect(code { _ = try read(text) } == expected, "\(text)")
        }
    }

    @Test("Amounts are decimal texts; above 2^128 - 1 they are too large, above 2^256 - 1 none at all")
    func amounts() throws {
        let largest128 = "340282366920938463463374607431768211455"
        let above128 = "340282366920938463463374607431768211456"
        let largest256 = "115792089237316195423570985008687907853269984665640564039457584007913129639935"
        let above256 = "115792089237316195423570985008687907853269984665640564039457584007913129639936"
        #expect(try read(text(amount: "1")).amount == 1)
        #expect(try read(text(amount: largest128)).amount == .max)
        #expect(code { _ = try read(text(amount: above128)) } == .amountTooLarge)
        #expect(code { _ = try read(text(amount: largest256)) } == .amountTooLarge)
        for wrong in [
            above256, "1" + largest256, "0", "00", "01", "", " 1", "1 ", "+1", "-1", "1.0", "1e3", "0x1", "١", "a",
        ] {
            #expect(code { _ = try read(text(amount: wrong)) } == .invalidAmount, "\(wrong)")
        }
        #expect(code { _ = try TransferAmount.read(String(repeating: "9", count: 100_000)) } == .invalidAmount)
        let trace = try DenominationTrace(path: "uatom")
        #expect(
            code { _ = try FungibleTokenPacketData(trace: trace, amount: 0, sender: "a", receiver: "b") }
                == .invalidAmount
        )
    }

    @Test("Memos and parties are bounded, and the longest memo passes even when all of it is escaped")
    func bounds() throws {
        let trace = try DenominationTrace(path: "uatom")
        func make(memo: Int = 0, sender: Int = 1, receiver: Int = 1) throws -> FungibleTokenPacketData {
            try FungibleTokenPacketData(
                trace: trace,
                amount: 1,
                sender: String(repeating: "a", count: sender),
                receiver: String(repeating: "b", count: receiver),
                memo: String(repeating: "\u{1}", count: memo)
            )
        }
        #expect(code { _ = try make(memo: 32_769) } == .memoTooLong)
        #expect(code { _ = try make(sender: 2049) } == .invalidParty)
        #expect(code { _ = try make(receiver: 2049) } == .invalidParty)
        let longest = try make(memo: 32_768, sender: 2048, receiver: 2048)
        #expect(try FungibleTokenPacketData(json: longest.json) == longest)
        let bomb = [UInt8](repeating: 0x20, count: FungibleTokenPacketData.maximumJSONByteCount + 1)
        #expect(code { _ = try FungibleTokenPacketData(json: bomb) } == .tooLarge)
    }
}
