import ExternalStakingEvents
import IBC
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import Transfer

@testable import ExternalStaking

@Suite("Rewards in a genesis")
struct RewardGenesisTests {
    /// A chain with rewards in every state: claimable, in flight, carried, unattributed, and the community's, of two kinds.
    private func busy() throws -> (chain: StakingChain, order: Ibc_Core_Channel_V1_Packet) {
        let chain = try StakingChain.earning("held")
        try chain.staked(3)
        try chain.staked(4, of: chain.bob)
        try chain.distributed(100)
        let order = try chain.claim()
        #expect(try chain.announce([("v1", 9), ("v2", 5)]).isSuccess)
        #expect(try chain.transfer(20, memo: chain.memo([("v1", 13), ("v3", 7)])).isSuccess)
        #expect(try chain.transfer(6).isSuccess)
        try chain.acknowledge(try chain.unstake(3))
        return (chain, order)
    }

    private func copy(
        _ exported: JSONValue,
        _ settings: (String, JSONValue) = StakingChain.rewardSettings("held"),
        _ neighbours: [any ProtocolModule] = [Transfer()]
    ) throws -> StakingChain {
        let port = "mesh.\(try Address(moduleName: ExternalStaking.manifest.name).text(prefix: "cosmos"))"
        var known = SwitchboardChannel(port: port, channel: "channel-0")
        (known.counterpartyPort, known.counterpartyChannel) = ("mesh.converter", "channel-9")
        known.sentCount = 99
        return try StakingChain(
            settings: [settings],
            genesis: [(GenesisTests.section, exported), ("switchboard", [known.json])],
            chainID: "provider-2",
            neighbours: neighbours
        )
    }

    @Test("Vouchers of a former channel are known after an import, where the configuration names the last one alone")
    func formerChannels() throws {
        let source = try StakingChain.earning("ics20-control")
        try source.staked(100)
        #expect(try source.transfer(30).isSuccess)
        let channel = try source.openTransfers()
        try source.reroute("ics20-control", channel: channel)
        #expect(try source.transfer(20, over: channel).isSuccess)
        let exported = try source.harness.exportGenesis()[GenesisTests.section].required()
        let chain = try copy(exported, StakingChain.rewardSettings("ics20-control", channel: channel))
        #expect(try chain.harness.exportGenesis()[GenesisTests.section].required() == exported)
        #expect(try chain.announce([("v1", 50)]).isSuccess)
        #expect(try chain.pendingRewards() == "30 20" || chain.pendingRewards() == "20 30")
        #expect(throws: HarnessError.self) { try copy(exported, ("rewards", ["route": "held"]), []) }
        #expect(throws: HarnessError.self) { try copy(exported, ("minimum_stake", "1")) }
    }

    @Test("What is exported and imported again is the same, and goes on")
    func roundTrip() throws {
        let (source, order) = try busy()
        let exported = try source.harness.exportGenesis()[GenesisTests.section].required()
        let chain = try copy(exported)
        #expect(try chain.harness.exportGenesis()[GenesisTests.section].required() == exported)
        for user in [chain.alice, chain.bob] {
            #expect(try chain.pendingRewards(of: user) == source.pendingRewards(of: user))
        }
        #expect(try chain.pendingRewards() == "5 4held+42")
        #expect(try chain.reserves(try chain.voucher())?.unattributed == "6")
        let pending = try #require(try chain.pending().first { $0.kind == .rewards })
        #expect(pending.amount == "42" && pending.sequence == order.sequence)
        #expect(try chain.acknowledge(order, error: "no").kinds == ["rewards_returned"])
        #expect(try chain.pendingRewards() == "5 46held")
        try chain.distributed(6, to: "v1")
        #expect(try chain.reserves(try chain.voucher())?.unattributed == "0")
    }

    @Test("Rewards that contradict one another are refused")
    func contradictions() throws {
        let exported = try busy().chain.harness.exportGenesis()[GenesisTests.section].required().text()
        let changes = [
            (#""received":"114""#, #""received":"115""#), (#""accrued":"5."#, #""accrued":"6."#),
            (#""in_flight":"42""#, #""in_flight":"41""#), (#""paid":"0""#, #""paid":"1""#),
            (#""denom":"ujuno","points""#, #""denom":"zjuno","points""#),
            (#""in_flight_count":1"#, #""in_flight_count":2"#),
        ]
        for (old, new) in changes {
            #expect(exported.contains(old), "\(old)")
            let changed = exported.replacing(old, with: new, maxReplacements: 1)
            #expect(throws: HarnessError.self, "\(old)") { try copy(try JSONValue(parsing: changed)) }
        }
    }
}
