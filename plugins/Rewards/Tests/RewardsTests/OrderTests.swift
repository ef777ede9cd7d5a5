import ModuleKit
import ModuleTesting
import RewardsEvents
import StakingEvents
import Testing

@Suite("Orders of instances")
struct OrderTests {
    private let owner = RewardsScene.person(5)

    /// A validator with 1 000 000; the clerk has staked 1 000 000 for itself, and 2 000 000 for an owner. 400 were shared out.
    private func scene() throws -> RewardsScene {
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]])
        try scene.addValidator(0, 1_000_000, rate: "0")
        try scene.clerk(.stake(1_000_000, at: 0)).thenSucceeded()
        try scene.clerk(.stake(2_000_000, at: 0, for: owner)).thenSucceeded()
        try scene.harness.nextBlock()
        try scene.payFees(.fee(403))
        try scene.harness.nextBlock()
        return scene
    }

    @Test("withdraw for the instance itself and for each sub-account apart, and are paid to the instance")
    func pays() throws {
        let scene = try scene()
        let before = try scene.balance(of: Clerk.address, "fee")
        let own = try scene.clerk(.withdraw(0)).thenSucceeded().events.of(RewardsEvent.self)
        #expect(own.map(\.withdrawn.coins) == [[.fee(100)]])
        #expect(own.first?.withdrawn.owner == "")
        let others = try scene.clerk(.withdraw(0, for: owner)).thenSucceeded().events.of(RewardsEvent.self)
        let answer = try #require(others.first?.withdrawn)
        #expect(answer.coins == [.fee(201)] && answer.owner == RewardsScene.text(owner))
        #expect(answer.delegator == RewardsScene.text(Address(instance: Clerk.address, account: owner)))
        #expect(answer.recipient == RewardsScene.text(Clerk.address))
        #expect(try scene.balance(of: Clerk.address, "fee") == Amount(before.units + 301))
    }

    @Test("are answered to the instance alone, by its number")
    func addresses() throws {
        let scene = try scene()
        let answer = try scene.clerk(.withdraw(0)).thenSucceeded().events.of(RewardsEvent.self).first
        #expect(answer?.addressee == (try scene.harness.identity(of: Clerk.self).number))
        let message = try scene.tell(.withdraw(0), by: 0).thenSucceeded().emitted.first
        #expect(message?.addressee == nil && message?.withdrawn.coins == [.fee(100)])
        #expect(RewardsEvent.with { $0.sharesChanged = .init() }.addressee == nil)
    }

    @Test("are answered with no coins where nothing is due, and never fail for it")
    func answersNothing() throws {
        let scene = try scene()
        try scene.clerk(.withdraw(0)).thenSucceeded()
        for order in [ClerkEvent.withdraw(0), .withdraw(7), .withdraw(0, for: RewardsScene.person(9))] {
            let answers = try scene.clerk(order).thenSucceeded().events.of(RewardsEvent.self)
            #expect(answers.map(\.withdrawn.coins) == [[]])
        }
    }

    @Test("reach no other's rewards: the owner can't withdraw himself, and the instance can't for a stranger")
    func keepsApart() throws {
        let scene = try scene()
        try scene.tell(.withdraw(0), by: 5).thenFailed(.noRewardPosition)
        #expect(try scene.rewards(of: Address(instance: Clerk.address, account: owner), at: 0, "fee") == "201.5")
        try scene.clerk(.unstake(2_000_000, from: 0, for: owner)).thenSucceeded()
        let answer = try scene.clerk(.withdraw(0, for: owner)).thenSucceeded().events.of(RewardsEvent.self)
        #expect(answer.map(\.withdrawn.coins) == [[.fee(201)]])
    }
}
