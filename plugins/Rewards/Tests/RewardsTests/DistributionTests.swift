import BankEvents
import ModuleKit
import ModuleTesting
import RewardsEvents
import StakingEvents
import Testing

@testable import Rewards

@Suite("Sharing out")
struct DistributionTests {
    @Test("goes by power, after the community's part and the validators' commission")
    func byPower() throws {
        let scene = try RewardsScene()
        try scene.addValidator(0, 3_000_000, rate: "0.1")
        try scene.addValidator(1, 1_000_000, rate: "0")
        try scene.stake(.delegate(1_000_000, to: 1), by: 2).thenSucceeded()
        try scene.harness.nextBlock()
        try scene.payFees(.fee(1000))
        try scene.harness.nextBlock()
        // 2% are the community's; 588 go to validator 0 with three of five units of power, and 392 to validator 1 with two.
        #expect(try scene.communityPool("fee") == "20")
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "529.2")
        #expect(try scene.validator(0).commission == [.with { ($0.denom, $0.amount) = ("fee", "58.8") }])
        #expect(try scene.validator(0).outstanding == [.with { ($0.denom, $0.amount) = ("fee", "588") }])
        #expect(try scene.rewards(of: 1, at: 1, "fee") == "196")
        #expect(try scene.rewards(of: 2, at: 1, "fee") == "196")
        #expect(try scene.balance(of: RewardsAccount.distribution.address, "fee") == 1000)
    }

    @Test("carries what is too little for a point, so that nothing is lost")
    func carries() throws {
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]])
        for number in 0..<3 { try scene.addValidator(number, 1_000_000, rate: "0") }
        try scene.stake(.delegate(2, to: 0), by: 3).thenSucceeded()
        try scene.harness.nextBlock()
        for _ in 0..<3 {
            try scene.payFees(.fee(1))
            try scene.harness.nextBlock()
        }
        // Three times a third of 10^-18 makes one more point.
        #expect(try scene.rewards(of: 1, at: 1, "fee") == "1")
        #expect(try scene.rewards(of: 0, at: 0, "fee").hasPrefix("0.99999800000"))
    }

    @Test("leaves everything to the community while nobody has power")
    func nobody() throws {
        let scene = try RewardsScene()
        try scene.payFees(.fee(70))
        try scene.harness.nextBlock()
        #expect(try scene.communityPool("fee") == "70")
    }

    @Test("goes to the signers of the block before, as the engine reports them, whoever is bonded by now")
    func byVotes() throws {
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]])
        try scene.addValidator(0, 1_000_000, rate: "0")
        try scene.addValidator(1, 1_000_000, rate: "0")
        try scene.harness.nextBlock()
        try scene.payFees(.fee(100))
        // Only validator 1, and a key that nobody knows, whose part is the community's. A late signature doesn't matter.
        let stranger = EngineReport.Vote(validator: .named("stranger"), power: 1, hasSigned: true)
        let vote = EngineReport.Vote(validator: try RewardsScene.consensusAddress(1), power: 3, hasSigned: false)
        let block = try scene.harness.nextBlock(report: EngineReport(votes: [vote, stranger]))
        #expect(block.began.of(RewardsEvent.self).first?.powersChanged.changes.count == 3)
        #expect(try scene.rewards(of: 1, at: 1, "fee") == "75")
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "0")
        #expect(try scene.communityPool("fee") == "25")
        // The same votes again change no powers, and then everybody shares.
        try scene.payFees(.fee(100))
        let same = try scene.harness.nextBlock(report: EngineReport(votes: [stranger, vote]))
        #expect(same.began.of(RewardsEvent.self).count == 1)
        try scene.payFees(.fee(100))
        let votes = try (0..<2).map {
            EngineReport.Vote(validator: try RewardsScene.consensusAddress($0), power: 1, hasSigned: true)
        }
        try scene.harness.nextBlock(report: EngineReport(votes: votes))
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "50")
        #expect(try scene.rewards(of: 1, at: 1, "fee") == "200")
    }

    @Test("takes the commission at the rate in force when it was earned")
    func commissionRate() throws {
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]])
        try scene.addValidator(0, 1_000_000, rate: "0.5")
        try scene.harness.nextBlock(after: .seconds(100_000))
        try scene.payFees(.fee(100))
        try scene.harness.nextBlock()
        try scene.stake(.commission("0.1"), by: 0).thenSucceeded()
        try scene.payFees(.fee(100))
        try scene.harness.nextBlock()
        #expect(try scene.validator(0).commission.map(\.amount) == ["60"])
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "140")
    }

    /// A chain with one validator, whose clerk has a hundred of each denomination.
    private func scene(naming named: [String], paying denoms: [String]) throws -> RewardsScene {
        var balances = Array(RewardsScene.balances.dropLast())
        balances.append([
            "address": .string(RewardsScene.text(Clerk.address)),
            "coins": .array(denoms.sorted().map { ["denom": .string($0), "amount": "100"] }),
        ])
        let scene = try RewardsScene(
            ["distribution": ["community_tax": "0.1", "fee_denoms": .array(named.map { .string($0) })]],
            sections: ["bank": ["balances": .array(balances)]]
        )
        try scene.addValidator(0, 1_000_000, rate: "0")
        try scene.harness.nextBlock()
        return scene
    }

    @Test("is of the chain's own denominations and those that it names: what comes in others is the community's")
    func namedDenominations() throws {
        let dust = (0..<20).map { "coin\(10 + $0)" }
        let scene = try scene(naming: ["late", "fee"], paying: dust + ["fee", "late", "stake"])
        for denom in dust { try scene.payFees(.of(100, denom)) }
        try scene.harness.nextBlock()
        for denom in dust {
            #expect(try scene.communityPool(denom) == "100" && scene.rewards(of: 0, at: 0, denom) == "0")
        }
        // Whoever was first has taken nobody's place.
        try scene.payFees(.fee(50), .of(50, "late"), .stake(50))
        try scene.harness.nextBlock()
        for denom in ["fee", "late", "stake"] {
            #expect(try scene.rewards(of: 0, at: 0, denom) == "45" && scene.communityPool(denom) == "5")
        }
    }

    @Test("follows a change of what is named, and what was earned before stays owed")
    func renamed() throws {
        let scene = try scene(naming: ["fee"], paying: ["fee", "late", "stake"])
        let admin = RewardsScene.person(0)
        try scene.harness.when(settingAdmin: admin).thenSucceeded()
        func pay() throws {
            try scene.payFees(.fee(10), .of(10, "late"))
            try scene.harness.nextBlock()
        }
        try pay()
        try scene.harness.when(reconfiguring: ["distribution": ["fee_denoms": ["late"]]], from: admin).thenSucceeded()
        try pay()
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "9" && scene.communityPool("fee") == "11")
        #expect(try scene.rewards(of: 0, at: 0, "late") == "9" && scene.communityPool("late") == "11")
        try scene.tell(.withdraw(0), by: 0).thenSucceeded()
        #expect(try scene.balance(of: admin, "fee") == 1_000_000_000_009)
        let many = JSONValue.array((10...26).map { .string("coin\($0)") })
        for denoms in [["fee", "fee"], many] as [JSONValue] {
            try scene.harness.when(reconfiguring: ["distribution": ["fee_denoms": denoms]], from: admin)
                .thenFailed(.rewardParameterNotAllowed)
        }
    }

    @Test("does not let what is shared out wait behind what strangers pay")
    func crowded() throws {
        let dust = (0..<80).map { "coin\(100 + $0)" }
        let scene = try scene(naming: ["fee"], paying: dust + ["fee", "stake"])
        // More than one block takes in, all of which come first by name.
        for denom in dust { try scene.payFees(.of(1, denom)) }
        try scene.payFees(.fee(10), .stake(10))
        try scene.harness.nextBlock()
        let collector = RewardsAccount.feeCollector.address
        #expect(try scene.balance(of: collector, dust[63]) == 0 && scene.balance(of: collector, dust[64]) == 1)
        #expect(try scene.rewards(of: 0, at: 0) == "9" && scene.rewards(of: 0, at: 0, "fee") == "9")
        try scene.harness.nextBlock()
        #expect(try scene.communityPool(dust[79]) == "1")
    }

    @Test("gives the community what can't be added to points any more")
    func overflows() throws {
        var index = PowerIndex()
        let denom = try Denom("fee")
        index.entries[denom].points = .max
        let before = index
        #expect(index.share(.one, of: denom, among: 1) == nil)
        #expect(index.share(.one, of: denom, among: 0) == nil)
        #expect(index == before)
        // One unit of power earns 1, for which the shares' points have no room.
        var validator = ValidatorLedger()
        validator.power = 1
        validator.shares = .smallestAboveZero
        validator.commissionRate = .percent(25)
        validator.entries[denom].sharePoints = .max
        var one = PowerIndex()
        _ = one.share(.one, of: denom, among: 1)
        let lost = try validator.settle(one)
        #expect(lost == [Fraction(denom: denom, amount: try Decimal36("0.75"))])
        #expect(validator.entries[denom].commission == .percent(25))
        #expect(try validator.entries[denom].outstanding == Decimal36("0.25"))
        // Without a share there is nobody to give it to, either.
        validator.shares = .zero
        _ = one.share(.one, of: denom, among: 1)
        #expect(try validator.settle(one) == lost)
    }
}
