import BankEvents
import ModuleKit
import ModuleTesting
import RewardsEvents
import Testing

@testable import Rewards

/// The tables of rates and provisions are those by which the Cosmos SDK tests `x/mint` (`minter_test.go`, SDK 0.50): facts.
@Suite("Inflation")
struct InflationTests {
    /// The Cosmos SDK's default parameters.
    private static var rules: RewardRules {
        get throws {
            var rules = RewardRules()
            rules.inflationRateChange = .percent(13)
            rules.inflationMax = .percent(20)
            rules.inflationMin = .percent(7)
            rules.blocksPerYear = 6_311_520
            return rules
        }
    }

    @Test(
        "moves by how far the bonded part is from its goal, within its bounds",
        arguments: [
            // Nothing bonded: the full change of a year, 0.13 / 6311520.
            (0, "0.07", "0.070000020597257079"),
            // All bonded: down by (1 / 0.67 - 1) * 0.13 / 6311520.
            (100, "0.20", "0.199999989855082335"),
            (50, "0.10", "0.100000005226169706"),
            // The bounds.
            (100, "0.07", "0.07"), (100, "0.070000000100000000", "0.07"),
            (0, "0.20", "0.2"), (0, "0.199999999900000000", "0.2"),
            // The goal itself.
            (67, "0.15", "0.15"),
        ] as [(UInt64, String, String)]
    )
    func moves(bonded: UInt64, from old: String, to new: String) throws {
        var state = InflationState()
        state.inflation = try Decimal18(old)
        let next = try state.next(try Self.rules, bonded: Amount(UInt128(bonded)), supply: 100)
        #expect(next.inflation.shortDescription == new)
    }

    @Test(
        "gives each block its part of a year's provisions, rounded down",
        arguments: [(6_311_520, 1), (6_311_521, 1), (12_623_040, 2), (3_155_760, 0)] as [(UInt64, UInt64)]
    )
    func provisions(annual: UInt64, block: UInt64) throws {
        var rules = try Self.rules
        rules.inflationMin = .one
        rules.inflationMax = .one
        let next = try InflationState().next(rules, bonded: 0, supply: Amount(UInt128(annual)))
        #expect(next.annualProvisions == Decimal18(Amount(UInt128(annual))))
        #expect(next.blockProvision == Amount(UInt128(block)))
    }

    @Test("falls the faster with virtual stake, which counts as bonded and in no supply, and needs no supply at all")
    func extremes() throws {
        var state = InflationState()
        state.inflation = .percent(20)
        let all = try state.next(try Self.rules, bonded: 100, supply: 100)
        let more = try state.next(try Self.rules, bonded: 300, supply: 100)
        #expect(more.inflation < all.inflation)
        let nothing = try state.next(try Self.rules, bonded: 300, supply: 0)
        #expect(nothing.inflation == .percent(20) && nothing.blockProvision == 0)
    }

    @Test("is zero with the configuration {}, and then nothing is recorded in any block")
    func noneByDefault() throws {
        let scene = try RewardsScene()
        try scene.addValidator(0, 5_000_000)
        try scene.harness.nextBlock()
        let block = try scene.harness.nextBlock()
        #expect(block.events.isEmpty)
        let inflation = try scene.harness.query(.with { $0.inflation = .init() }).inflation
        #expect(inflation.inflation == "0" && inflation.blockProvision == "0")
    }

    @Test("mints for the fee collector, from where it is shared out in the same block")
    func mints() throws {
        let scene = try RewardsScene(["mint": RewardsScene.minting])
        try scene.addValidator(0, 5_000_000, rate: "0")
        let block = try scene.harness.nextBlock()
        let minted = try #require(block.began.of(RewardsEvent.self).first { $0.event?.isMinting == true })
        let provision = try minted.provisionsMinted.amount.coin()
        #expect(provision.denom.text == "stake")
        // 31 accounts with 10^12 each, a tenth of it in 2 * 10^9 blocks.
        #expect(provision.amount == 1550)
        #expect(try scene.balance(of: RewardsAccount.feeCollector.address) == 0)
        // The first block had no validator, so its provisions are the community's; of the second 2% are.
        #expect(try scene.communityPool() == "1581")
        #expect(try scene.rewards(of: 0, at: 0) == "1519")
        #expect(try scene.balance(of: RewardsAccount.distribution.address) == 3100)
    }

    @Test("mints nothing without the grant, and fees are shared out all the same")
    func needsGrant() throws {
        let harness = try RewardsScene.harness(["mint": RewardsScene.minting])
        harness.withhold(.mintProvisions)
        let block = try harness.nextBlock()
        #expect(block.events.of(RewardsEvent.self).isEmpty)
        harness.grant(.mintProvisions)
        #expect(try !harness.nextBlock().events.of(RewardsEvent.self).isEmpty)
    }

    @Test(
        "refuses parameters that can't be meant",
        arguments: [
            ["mint": ["inflation_max": "1.1"]], ["mint": ["inflation_min": "0.2", "inflation_max": "0.1"]],
            ["mint": ["goal_bonded": "0"]], ["mint": ["blocks_per_year": "0"]],
            ["distribution": ["community_tax": "1.000000000000000001"]],
        ] as [JSONValue]
    )
    func refusesParameters(configuration: JSONValue) throws {
        let harness = try RewardsScene.harness()
        try harness.when(reconfiguring: configuration, from: .named("admin")).thenFailed(.rewardParameterNotAllowed)
    }

    @Test(
        "refuses settings that are none",
        arguments: [["mints": [:]], ["mint": ["inflation": "0.1"]], ["distribution": ["base_proposer_reward": "0"]]]
            as [JSONValue]
    )
    func refusesUnknown(configuration: JSONValue) throws {
        let harness = try RewardsScene.harness()
        try harness.when(reconfiguring: configuration, from: .named("admin")).thenFailed(.invalidValue)
    }

    @Test("keeps what a new configuration leaves out, and refuses another staking instance")
    func reconfigures() throws {
        let harness = try RewardsScene.harness(["distribution": ["community_tax": "0.5"]])
        try harness.when(reconfiguring: ["mint": ["mint_denom": "photon"]], from: .named("admin")).thenSucceeded()
        try harness.when(reconfiguring: ["staking": "clerk"], from: .named("admin"))
            .thenFailed(.rewardParameterNotAllowed, saying: "staking instance")
        let parameters = try harness.query(.with { $0.parameters = .init() }).parameters
        #expect(parameters.communityTax == "0.5" && parameters.mintDenom == "photon")
        #expect(parameters.goalBonded == "0.67" && parameters.blocksPerYear == 6_311_520)
    }
}

extension RewardsEvent.OneOf_Event {
    fileprivate var isMinting: Bool { if case .provisionsMinted = self { true } else { false } }
}
