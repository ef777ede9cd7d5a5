import ConverterEvents
import ExternalStakingEvents
import MeshHost
import MeshSandbox
import ModuleKit
import RewardsEvents
import Storage
import Testing

@Suite("Setting up rewards")
struct RewardsSetupTests {
    @Test("Both ends are told the route, and the channel of the path for tokens, when they are deployed")
    func told() throws {
        let chains = try PairedChains({ ($0.rewardsRoute, $0.rewardsTimeout) = (.held, .minutes(7)) }) { stage in
            "\(stage)" == "a relayer opens main/control"
        }
        let (converter, external) = try settings(of: chains)
        #expect(converter.rewards.route == .held)
        #expect(converter.rewards.transfer == "transfer")
        #expect(converter.rewards.channelID == "channel-0")
        #expect(converter.rewards.denom == "ucons")
        #expect(converter.rewards.timeoutNanoseconds == TimeSpan.minutes(7).nanoseconds)
        #expect(external.rewards.route == .held)
        #expect(external.rewards.sources.map(\.channelID) == ["channel-0"])
        #expect(external.rewards.timeout == TimeSpan.minutes(7).nanoseconds)
        #expect(external.rewardsDenom == "ucons")
    }

    @Test("A pairing without a route is set up by the same stages, and nobody is told anything")
    func untold() throws {
        let chains = try PairedChains { $0.rewardsRoute = nil }
        let usual = try PairedChains()
        #expect(chains.stages == usual.stages)
        let (converter, external) = try settings(of: chains)
        #expect(!converter.hasRewards && !external.hasRewards)
    }

    @Test("A chain whose specification names no inflation mints nothing, and its empty blocks stay empty")
    func noInflation() throws {
        let chains = try PairedChains(until: { _ in true })
        // With the first votes it is noted who signs.
        try chains.network.run(steps: 2)
        for chain in chains.network.chains {
            let before = try chain.host().lastHeader.eventCount
            try chains.network.run(steps: 3)
            #expect(try chain.host().lastHeader.eventCount == before, "blocks without transactions stay empty")
            let inflation = try chain.query(RewardsQuery.with { $0.inflation = .init() }, of: "rewards").inflation
            #expect(["", "0"].contains(inflation.blockProvision))
        }
    }

    private func settings(of chains: PairedChains) throws -> (ConverterSettings, ExternalStakingSettings) {
        let (provider, consumer) = (
            try chains.network.chain("provider-1"), try chains.network.chain("consumer-1")
        )
        return (
            try consumer.query(ConverterQuery.with { $0.settings = .init() }, of: "main-converter").settings,
            try provider.query(ExternalStakingQuery.with { $0.settings = .init() }, of: "main-external-staking")
                .settings
        )
    }
}
