import ControlChannel
import Converter
import ConverterEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing

@Suite("Handing pledges back")
struct HandBackTests {
    /// The transcript `zero_max_cap` (mesh-security 44c6e65b), but for its rounding back: the reference hands back
    /// 49999999 and 19999999, and one unit is stranded.
    @Test("A cap of zero hands every pledge back in full, in provider tokens and by the present price")
    func transcript() throws {
        let chain = try ConsumerChain.paired(["discount": "0.1"], price: "0.5")
        try chain.stake("50000000", at: 1)
        try chain.stake("20000000", at: 2)
        try chain.setCap(0)
        #expect(try chain.handBack.isActive)
        let packets = try chain.harness.nextBlock().sentPackets
        let handed = try packets.compactMap { try $0.handBack }
        #expect(
            Set(handed.map(\.normalizeAmount.description)) == ["22500000stake", "9000000stake"]
        )
        #expect(Set(handed.map(\.invertedAmount.description)) == ["50000000uosmo", "20000000uosmo"])
        #expect(handed.allSatisfy { $0.delegator == "osmo1alice" })
        #expect(try chain.pledged(1) == "0")
        #expect(try chain.pledged(2) == "0")
        #expect(try chain.handBack.unacknowledged == 2)
        for packet in packets { try chain.acknowledge(packet) }
        try chain.harness.nextBlock()
        #expect(try chain.handBack == .init())
    }

    @Test("Pledges go back in bounded batches, each once, and stakes are refused meanwhile")
    func batches() throws {
        let chain = try ConsumerChain.paired()
        for number in 0..<120 { try chain.stake("10", by: "osmo1user\(number)", at: 1 + number % 3) }
        try chain.setCap(0)
        var handed: [InternalUnstakePacket] = []
        for count in [50, 50, 20, 0] {
            #expect(try chain.stake("1").isRefused("not authorised"))
            let batch = try chain.harness.nextBlock().sentPackets.compactMap { try $0.handBack }
            #expect(batch.count == count)
            handed += batch
        }
        #expect(Set(handed).count == 120)
        #expect(try !chain.handBack.isActive)
        #expect(try chain.handBack.unacknowledged == 120)
    }

    @Test("A cap above zero stops it; what has not gone back stays pledged")
    func stops() throws {
        let chain = try ConsumerChain.paired()
        for number in 0..<60 { try chain.stake("10", by: "osmo1user\(number)") }
        try chain.setCap(0)
        try chain.harness.nextBlock()
        try chain.setCap(5)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
        #expect(try chain.pledged(1) == "100")
        #expect(try chain.stake("1") == .done)
    }

    @Test("While nothing can be sent, pledges stay, and go back afterwards")
    func frozen() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.setClientFrozen(true)
        try chain.setCap(0)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
        #expect(try chain.pledged(1) == "10")
        try chain.setClientFrozen(false)
        #expect(try chain.harness.nextBlock().sentPackets.count == 1)
        #expect(try chain.pledged(1) == "0")
    }

    @Test("An unstake that crosses a hand-back is refused: the provider takes both into account")
    func crossing() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.setCap(0)
        try chain.harness.nextBlock()
        #expect(try chain.unstake("4").isRefused("0uosmo of this delegator"))
        #expect(try chain.notices.map(\.notice.handBack.amount) == ["10"])
    }

    @Test("After burns that named nobody, the full records go back, and the validator's pledge ends at zero")
    func saturates() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10", by: "osmo1alice")
        try chain.stake("10", by: "osmo1bob")
        try chain.burn("10", at: 1)
        try chain.setCap(0)
        let handed = try chain.harness.nextBlock().sentPackets.compactMap { try $0.handBack }
        #expect(handed.map(\.invertedAmount.description) == ["10uosmo", "10uosmo"])
        #expect(try chain.harness.query(.with { $0.validatorPledges = .init() }).validatorPledges.pledges.isEmpty)
    }

    @Test("A virtual staking that the converter does not name has no say")
    func stranger() throws {
        let chain = try ConsumerChain(["virtual_staking": .null])
        try chain.setCap(0)
        #expect(try !chain.handBack.isActive)
    }
}
