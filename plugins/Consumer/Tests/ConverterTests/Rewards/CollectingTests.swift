import Converter
import ConverterEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing

@Suite("What virtual staking hands over")
struct CollectingTests {
    @Test("Another denomination than that of rewards is refused, and nothing moves")
    func wrongDenomination() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.tryCollect("5", "other", at: 1).thenFailed(.wrongRewardDenomination)
        #expect(try scene.balance(Address(moduleName: "converter"), "other") == 0)
        #expect(try scene.next().isEmpty)
    }

    @Test("Once rewards were collected, their denomination stays")
    func denominationStays() throws {
        let scene = try RewardChain(["route": "held", "denom": "other"])
        try scene.chain.reconfigure(["rewards": ["route": "held", "denom": "stake"]]).thenSucceeded()
        try scene.collect(3, at: 1)
        try scene.chain.reconfigure(["rewards": ["route": "held", "denom": "other"]])
            .thenFailed(.converterSettingFixed)
        try scene.use(["route": "held"])
    }

    @Test("What a stranger hands over as virtual staking is refused")
    func stranger() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        let settings = try scene.settings(naming: "somebody")
        try scene.harness.when(
            recording: [ConverterEvent.with { $0.configured.settings = settings }],
            of: Converter.self
        ).thenSucceeded()
        try scene.tryCollect("5", at: 1).thenFailed(.pairIncomplete)
    }

    @Test("D15: coins that somebody sends to the converter count as nobody's rewards")
    func strayCoins() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(10, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket())
        try scene.sendToConverter(99)
        try scene.collect(4, at: 2)
        let packet = try #require(try scene.harness.nextBlock().sentPackets.first)
        #expect(packet.text.contains(#""reward":"4""#) && !packet.text.contains("99"))
        #expect(try scene.rewards.here == "14")
    }
}
