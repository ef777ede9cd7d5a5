import BankEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("Vocabulary")
struct VocabularyTests {
    @Test("The kinds are exactly the fields of the event's oneof in the descriptor set")
    func kinds() throws {
        let files = try Google_Protobuf_FileDescriptorSet(serializedBytes: BankEvent.descriptorSet).file
        let names = ["google/protobuf/descriptor.proto", "grants.proto", "kit.proto", "bank.proto"]
        #expect(files.map(\.name) == names)
        let event = try #require(files.last?.messageType.first { $0.name == "Event" })
        #expect(event.field.map { UInt32($0.number) } == BankEvent.kinds.map(\.number))
        #expect(event.field.map(\.name) == BankEvent.kinds.map(\.name))
    }

    @Test("Creating, destroying and offsetting are the privileged kinds")
    func privileges() {
        let privileges = BankEvent.kinds.compactMap(\.privilege).map(\.name)
        #expect(privileges == ["bank/mint", "bank/burn", "bank/supply-offset"])
    }

    @Test("The event of a transfer of one coin has at most 135 bytes")
    func transferSize() throws {
        let chain = try BankChain()
        try chain.fund(.user("alice"), "18446744073709551615uatom")
        try chain.send("18446744073709551615uatom", from: .user("alice"), to: .user("bob"))
        #expect(try #require(chain.bankEvents.last).count <= 135)
    }

    @Test("Coins survive the way into a message and back; disorder is refused")
    func coins() throws {
        let coins = try Coins("1aaa,340282366920938463463374607431768211455bbb")
        #expect(try Coins(coins.proto) == coins)
        #expect(code { _ = try Coins(coins.proto.reversed()) } == .invalidCoins)
        #expect(
            code {
                _ = try ProtoCoin.with {
                    $0.denom = "aaa"; $0.amount = "01"
                }.coin()
            } == .invalidAmount
        )
    }

    @Test("Signed amounts add up as integers do, and have one text each")
    func signedAmounts() throws {
        var random = SplitMix64(seed: 7)
        for _ in 0..<500 {
            let left = Int64.random(in: -1_000...1_000, using: &random)
            let right = Int64.random(in: -1_000...1_000, using: &random)
            let sum = try SignedAmount("\(left)").adding(try SignedAmount("\(right)"))
            #expect(sum.description == "\(left + right)")
            var bytes: [UInt8] = []
            sum.encode(into: &bytes)
            #expect(try SignedAmount(stored: bytes) == sum)
        }
        #expect(SignedAmount(.zero, isNegative: true) == .zero)
        #expect(try SignedAmount("5").negated.description == "-5")
        for text in ["-0", "--1", "+1", "", "-", "1.0"] {
            #expect(code { _ = try SignedAmount(text) } == .invalidAmount)
        }
        #expect(code { _ = try SignedAmount(.max).adding(SignedAmount(.one)) } == .arithmeticOverflow)
        #expect(code { _ = try SignedAmount(stored: [1] + [UInt8](repeating: 0, count: 16)) } == .undecodable)
        #expect(code { _ = try SignedAmount(stored: [0]) } == .undecodable)
    }
}
