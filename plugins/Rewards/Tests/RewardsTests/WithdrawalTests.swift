import BankEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import RewardsEvents
import StakingEvents
import Testing

@Suite("Withdrawals")
struct WithdrawalTests {
    /// Validators 0 and 1 with 1 000 000 each; person 2 has 1 000 000 at both. 400 fees were shared out.
    private func scene() throws -> RewardsScene {
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]])
        for number in 0..<2 {
            try scene.addValidator(number, 1_000_000, rate: "0.1")
            try scene.stake(.delegate(1_000_000, to: number), by: 2).thenSucceeded()
        }
        try scene.harness.nextBlock()
        try scene.payFees(.fee(401))
        try scene.harness.nextBlock()
        return scene
    }

    private let rich: Amount = 1_000_000_000_000

    @Test("pay whole units, and keep the fraction owed")
    func paysWhole() throws {
        let scene = try scene()
        #expect(try scene.rewards(of: 2, at: 0, "fee") == "90.225")
        try scene.tell(.withdraw(0), by: 2).thenSucceeded()
        #expect(try scene.balance(of: RewardsScene.person(2), "fee") == Amount(rich.units + 90))
        #expect(try scene.rewards(of: 2, at: 0, "fee") == "0.225")
        try scene.tell(.withdraw(0), by: 2).thenFailed(.nothingToWithdraw)
        try scene.tell(.withdraw(0), by: 5).thenFailed(.noRewardPosition)
        let totals = try #require(try scene.totals().first)
        #expect((totals.received, totals.paid, totals.held) == ("401", "90", "311"))
    }

    @Test("pay everywhere, in steps of a limit, and say where they stopped")
    func paysAll() throws {
        let scene = try scene()
        let first = try scene.tell(.withdrawAll(limit: 1), by: 2).thenSucceeded()
        let stop = try #require(first.emitted.last)
        #expect(first.emitted.count == 2 && !stop.withdrawalStopped.next.isEmpty)
        let rest = RewardsMessage.with { $0.withdrawAll.start = stop.withdrawalStopped.next }
        #expect(try scene.tell(rest, by: 2).thenSucceeded().emitted.count == 1)
        #expect(try scene.balance(of: RewardsScene.person(2), "fee") == Amount(rich.units + 180))
        try scene.tell(.withdrawAll(), by: 2).thenFailed(.nothingToWithdraw)
        try scene.tell(.withdrawAll(), by: 7).thenFailed(.nothingToWithdraw)
    }

    @Test("of commission are for the operator alone")
    func paysCommission() throws {
        let scene = try scene()
        try scene.tell(.withdrawCommission, by: 0).thenSucceeded()
        #expect(try scene.balance(of: RewardsScene.person(0), "fee") == Amount(rich.units + 20))
        #expect(try scene.validator(0).commission.map(\.amount) == ["0.05"])
        try scene.tell(.withdrawCommission, by: 0).thenFailed(.nothingToWithdraw)
        try scene.tell(.withdrawCommission, by: 2).thenFailed(.unknownRewardValidator)
    }

    @Test("go to another account where the delegator says so, and the chain allows it")
    func paysElsewhere() throws {
        let scene = try scene()
        let other = Address.named("other")
        try scene.tell(.payTo(other), by: 2).thenSucceeded()
        try scene.tell(.withdraw(0), by: 2).thenSucceeded()
        #expect(try scene.balance(of: other, "fee") == 90)
        try scene.tell(.payTo(RewardsAccount.distribution.address), by: 2).thenFailed(.blockedRewardRecipient)
        try scene.tell(.payTo(RewardsScene.person(2)), by: 2).thenSucceeded()
        try scene.tell(.withdraw(1), by: 2).thenSucceeded()
        #expect(try scene.balance(of: RewardsScene.person(2), "fee") == Amount(rich.units + 90))
        try scene.harness.when(
            reconfiguring: ["distribution": ["withdraw_addr_enabled": false]],
            from: .named("admin")
        ).thenSucceeded()
        try scene.tell(.payTo(other), by: 2).thenFailed(.withdrawAddressDisabled)
    }

    @Test("are still possible when the delegation has ended, and its validator is gone")
    func survivesValidator() throws {
        let scene = try scene()
        try scene.stake(.undelegate(1_000_000, from: 0), by: 2).thenSucceeded()
        try scene.tell(.payTo(.named("other")), by: 0).thenSucceeded()
        try scene.stake(.undelegate(1_000_000, from: 0), by: 0).thenSucceeded()
        #expect(try scene.rewards(of: 2, at: 0, "fee") == "90.225")
        for _ in 0..<10 { try scene.harness.nextBlock(after: .seconds(20)) }
        #expect(throws: ModuleError.self) {
            try scene.harness.query(
                .with { $0.validator.operator = RewardsScene.operatorText(RewardsScene.person(0)) },
                of: NativeStaking.self
            )
        }
        // The commission was paid when the validator went, and its fraction is the community's.
        #expect(try scene.balance(of: .named("other"), "fee") == 20)
        #expect(try scene.communityPool("fee") == "0.05")
        try scene.tell(.withdraw(0), by: 2).thenSucceeded()
        try scene.tell(.withdraw(0), by: 2).thenFailed(.noRewardPosition)
        try scene.tell(.withdraw(0), by: 0).thenSucceeded()
        // The last fractions follow, and of the validator nothing is left.
        #expect(try scene.communityPool("fee") == "0.5")
        #expect(throws: ModuleError.self) { try scene.validator(0) }
        // It can come back, and earns anew.
        try scene.addValidator(0, 1_000_000, rate: "0")
        try scene.harness.nextBlock()
        try scene.payFees(.fee(300))
        try scene.harness.nextBlock()
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "100")
    }

    @Test("give nothing to whoever stakes after the rewards arrived, nor take it from whoever leaves")
    func lateStakers() throws {
        let scene = try scene()
        try scene.stake(.delegate(900_000_000, to: 0), by: 3).thenSucceeded()
        #expect(try scene.rewards(of: 3, at: 0, "fee") == "0")
        #expect(try scene.rewards(of: 2, at: 0, "fee") == "90.225")
        try scene.stake(.redelegate(1_000_000, from: 0, to: 1), by: 2).thenSucceeded()
        #expect(try scene.rewards(of: 2, at: 0, "fee") == "90.225")
        #expect(try scene.rewards(of: 2, at: 1, "fee") == "90.225")
        try scene.harness.nextBlock()
        try scene.payFees(.fee(904))
        try scene.harness.nextBlock()
        // Validator 0 has 901 of 904 units of power.
        #expect(try scene.rewards(of: 2, at: 0, "fee") == "90.225")
        #expect(try scene.rewards(of: 3, at: 0, "fee") == "810")
    }

    @Test("need nothing from a slash, which changes no shares, and follow one of redelegated coins, which does")
    func slashes() throws {
        let scene = try scene()
        let height = scene.harness.block.height
        try scene.stake(.redelegate(1_000_000, from: 0, to: 1), by: 2).thenSucceeded()
        try scene.harness.nextBlock()
        let outcome = try scene.clerk(.slash(0, "0.5", since: height, power: 2)).thenSucceeded()
        let changes = outcome.events.of(RewardsEvent.self)
        #expect(changes.map(\.sharesChanged.shares) == ["1500000"])
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "90.225")
    }
}
