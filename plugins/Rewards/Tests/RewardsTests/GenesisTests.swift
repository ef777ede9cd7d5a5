import Bank
import ModuleKit
import ModuleTesting
import NativeStaking
import RewardsEvents
import StakingEvents
import Testing

@testable import Rewards

@Suite("Genesis")
struct GenesisTests {
    @Test("An export gives, imported, the same state and the same export")
    func roundTrip() throws {
        let scene = try RewardsScene(["mint": RewardsScene.minting])
        for number in 0..<3 { try scene.addValidator(number, 1_000_007, rate: "0.1") }
        try scene.stake(.delegate(3_000_001, to: 1), by: 5).thenSucceeded()
        try scene.clerk(.stake(77, at: 2, for: RewardsScene.person(6))).thenSucceeded()
        for _ in 0..<3 {
            try scene.payFees(.fee(1001))
            try scene.harness.nextBlock()
        }
        try scene.tell(.withdraw(1), by: 5).thenSucceeded()
        try scene.tell(.payTo(.named("other")), by: 5).thenSucceeded()
        // One validator goes while it still owes something.
        try scene.stake(.undelegate(1_000_007, from: 0), by: 0).thenSucceeded()
        for _ in 0..<3 { try scene.harness.nextBlock(after: .seconds(30)) }
        #expect(try scene.validator(0).power == 0)

        // A block that begins changes nothing without provisions, neither here nor there.
        scene.harness.withhold(.mintProvisions)
        try scene.harness.nextBlock()
        let document = try scene.exportAll()
        let twin = try RewardsScene(sections: document, isMinting: false)
        #expect(try twin.exportAll() == document)
        #expect(try twin.storedRewards() == scene.storedRewards())
    }

    @Test("What fees are shared out is part of an export, whatever the configuration says")
    func feeDenominations() throws {
        let scene = try RewardsScene(["distribution": ["fee_denoms": ["second", "first"]]])
        let exported = try scene.exportAll()
        let twin = try RewardsScene(sections: exported)
        let parameters = try twin.harness.query(.with { $0.parameters = .init() }).parameters
        #expect(parameters.feeDenoms == ["first", "second"])
        #expect(try twin.exportAll() == exported)
    }

    @Test("A chain whose prefixes do not follow from that of its accounts exports what it can import")
    func otherPrefixes() throws {
        // Those of crypto-org-chain-mainnet-1.
        let prefixes = try AddressPrefixes(account: "cro", validatorOperator: "crocncl", consensus: "crocnclcons")
        let scene = try RewardsScene(sections: try CosmosExport.document(prefixes: prefixes), prefixes: prefixes)
        let exported = try scene.exportAll()
        let recipients = try exported["rewards"]["recipients"].array()
        #expect(try recipients.map { try $0["consensus_address"].address(prefixes, as: .consensus) }.count == 1)
        let twin = try RewardsScene(sections: exported, isMinting: false, prefixes: prefixes)
        #expect(try twin.exportAll() == exported)
    }

    @Test("The mint section of a Cosmos chain sets the inflation and its parameters")
    func mint() throws {
        var sections = try JSONValue(
            parsing: """
                {"minter": {"inflation": "0.073445930240866926", "annual_provisions": "17447172179812.068655345578792708"},
                 "params": {"blocks_per_year": "4855015", "goal_bonded": "0.670000000000000000",
                 "inflation_max": "0.200000000000000000", "inflation_min": "0.070000000000000000",
                 "inflation_rate_change": "0.130000000000000000", "mint_denom": "uatom"}}
                """
        )
        sections = ["mint": sections]
        let harness = try RewardsScene.harness()
        try harness.when(importing: document(sections)).thenSucceeded()
        let parameters = try harness.query(.with { $0.parameters = .init() }).parameters
        #expect(parameters.mintDenom == "uatom" && parameters.blocksPerYear == 4_855_015)
        // Nothing is bonded of nothing: up by the change of a block.
        let inflation = try harness.query(.with { $0.inflation = .init() }).inflation
        #expect(inflation.inflation.hasPrefix("0.0734459570"))
    }

    @Test("The launch file of core-1: inflation begins where it says, and all of both sections is understood")
    func launch() throws {
        let distribution = try JSONValue(
            parsing: """
                {"params": {"base_proposer_reward": "0.010000000000000000", "bonus_proposer_reward": "0.040000000000000000",
                  "community_tax": "0.020000000000000000", "withdraw_addr_enabled": true},
                 "fee_pool": {"community_pool": []}, "delegator_withdraw_infos": [], "previous_proposer": "",
                 "outstanding_rewards": [], "validator_accumulated_commissions": [],
                 "validator_historical_rewards": [], "validator_current_rewards": [], "delegator_starting_infos": [],
                 "validator_slash_events": []}
                """
        )
        let scene = try RewardsScene(sections: ["mint": try CosmosExport.mint(), "distribution": distribution])
        let parameters = try scene.harness.query(.with { $0.parameters = .init() }).parameters
        #expect(parameters.inflationMax == "0.45" && parameters.inflationMin == "0.25")
        #expect(parameters.communityTax == "0.02" && parameters.isWithdrawAddressEnabled)
        let inflation = try scene.harness.query(.with { $0.inflation = .init() }).inflation.inflation
        #expect(inflation.hasPrefix("0.35000"), "\(inflation)")
        #expect(scene.harness.genesisReport.findings.map(\.weight) == [.remark, .remark])
    }

    @Test("A chain that mints by other rules is reported, member by member")
    func foreignMint() throws {
        let sections = try JSONValue(
            parsing: """
                {"mint": {"minter": {"epoch_provisions": "0.0"}, "halven_started_epoch": "0",
                 "params": {"mint_denom": "uosmo", "reduction_factor": "0.5"}}}
                """
        )
        let harness = try RewardsScene.harness()
        try harness.when(importing: document(sections)).thenFailed(.invalidArgument, saying: "halven_started_epoch")
        try harness.when(importing: document(sections), strictness: .skip).thenSucceeded()
        let skipped = harness.genesisReport.findings.filter { $0.weight == .skipped }.map(\.path)
        #expect(
            skipped == [
                "app_state.mint.halven_started_epoch", "app_state.mint.params.reduction_factor",
                "app_state.mint.minter.epoch_provisions",
            ]
        )
    }

    @Test("The community pool of a chain before SDK 0.36 was in no account: its coins come into being")
    func legacy() throws {
        // From cosmoshub-2, whose accounts and rewards are left out.
        let sections = try JSONValue(
            parsing: """
                {"distr": {"base_proposer_reward": "0.010000000000000000", "bonus_proposer_reward": "0.040000000000000000",
                 "community_tax": "0.020000000000000000", "delegator_starting_infos": [], "delegator_withdraw_infos": [],
                 "fee_pool": {"community_pool": [{"amount": "27661082445.000000000000000000", "denom": "uatom"}]},
                 "outstanding_rewards": [],
                 "previous_proposer": "cosmosvalcons1kq9xxgmn0uepav9c6kwxl4yh599kpyu28e7ee6",
                 "validator_accumulated_commissions": [], "validator_current_rewards": [],
                 "validator_historical_rewards": [], "validator_slash_events": [], "withdraw_addr_enabled": true}}
                """
        )
        let harness = try RewardsScene.harness()
        try harness.when(importing: document(sections)).thenSucceeded()
        #expect(
            try harness.query(.with { $0.communityPool = .init() }).communityPool.pool.map(\.amount) == ["27661082445"]
        )
        #expect(harness.genesisReport.findings.count { $0.weight == .remark } == 4)
    }

    @Test("An export of a Cosmos chain owes each delegator what its records say")
    func earned() throws {
        let scene = try RewardsScene(sections: try CosmosExport.document(), strictness: .refuse)
        // Person 1 has had 100 since period 1: 100 * (0.3 - 0.1), then slashed by a tenth, 90 * (0.5 - 0.3) and of the period
        // under way 90 * 9 / 180.
        #expect(try scene.rewards(of: 1, at: 0) == "42.5")
        // Person 2 came after the slash, in period 2: 90 * (0.5 - 0.3) and 90 * 9 / 180.
        #expect(try scene.rewards(of: 2, at: 0) == "22.5")
        #expect(try scene.validator(0).commission.map(\.amount) == ["7.25"])
        #expect(try scene.validator(0).outstanding.map(\.amount) == ["73"])
        #expect(try scene.communityPool() == "27")
        #expect(try scene.balance(of: RewardsAccount.distribution.address) == 100)
        try scene.tell(.withdraw(0), by: 1).thenSucceeded()
        #expect(try scene.balance(of: .named("other")) == 42)
        try scene.tell(.withdraw(0), by: 2).thenSucceeded()
        // What roundings of the chain have left, 0.75, is carried, and shared out with what comes next.
        try scene.harness.nextBlock()
        #expect(try scene.balance(of: RewardsAccount.distribution.address) == 36)
    }

    @Test("A delegation without records earns nothing from before, which is reported")
    func incomplete() throws {
        let document = try CosmosExport.document(startsOfSecond: false)
        let harness = try RewardsScene.harness()
        try harness.when(importing: self.document(document)).thenFailed(.invalidArgument, saying: "records do not say")
        let scene = try RewardsScene(sections: document, strictness: .skip)
        #expect(try scene.rewards(of: 1, at: 0) == "42.5" && scene.rewards(of: 2, at: 0) == "0")
        // 73 - 7.25 - 42.5 = 23.25 more.
        #expect(try scene.communityPool() == "50.25")
        let findings = scene.harness.genesisReport.findings.filter { $0.weight == .skipped }
        #expect(findings.map(\.path) == ["app_state.distribution.delegator_starting_infos[]"])
    }

    @Test("A fraction that no account can hold is taken from the community pool")
    func fraction() throws {
        let scene = try RewardsScene(sections: try CosmosExport.document(pool: "27.400000000000000000"))
        #expect(try scene.communityPool() == "27")
    }

    @Test("Coins of the account that nobody has a claim to are the community's")
    func excess() throws {
        let scene = try RewardsScene(sections: try CosmosExport.document(balance: "105"))
        #expect(try scene.communityPool() == "32")
    }

    @Test("Coins of the account are the community's too where no section says whose they are")
    func unclaimed() throws {
        guard case .object(var sections) = try CosmosExport.document() else { return }
        sections["distribution"] = nil
        let scene = try RewardsScene(sections: .object(sections))
        #expect(try scene.communityPool() == "100")
        #expect(scene.harness.genesisReport.findings.map(\.weight) == [.remark])
        let exported = try scene.exportAll()
        #expect(try RewardsScene(sections: exported).exportAll() == exported)
    }

    @Test("An account that holds less than what is owed is refused, as is a commission above what is outstanding")
    func contradictions() throws {
        for sections in [try CosmosExport.document(balance: "99"), try CosmosExport.document(commission: "73.1")] {
            let harness = try RewardsScene.harness(staking: [:])
            try harness.when(importing: document(sections)).thenFailed(.rewardGenesisContradiction)
        }
    }

    @Test("An own section that does not add up is refused", arguments: 0..<4)
    func ownFaults(fault: Int) throws {
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]])
        try scene.addValidator(0, 1_000_000)
        try scene.harness.nextBlock()
        try scene.payFees(.fee(100))
        try scene.harness.nextBlock()
        try scene.tell(.withdraw(0), by: 0).thenSucceeded()
        guard case .object(var sections) = try scene.exportAll(), case .object(var rewards)? = sections["rewards"]
        else {
            Issue.record("the export has no section rewards")
            return
        }
        switch fault {
        case 0: rewards["denominations"] = []
        case 1: rewards["positions"] = []
        case 2: rewards["validators"] = []
        default: sections["distribution"] = [:]
        }
        sections["rewards"] = .object(rewards)
        let harness = try RewardsScene.harness()
        let outcome = try harness.when(importing: document(.object(sections)))
        #expect([.invalidValue, .rewardGenesisContradiction].contains(try #require(outcome.error).code))
    }

    private func document(_ sections: JSONValue) -> GenesisDocument {
        GenesisDocument(chainID: "test-1", time: HarnessOptions().genesisTime, appState: sections)
    }
}
