import BankEvents
import ModuleKit
import ModuleTesting
import RewardsEvents
import StakingEvents
import Testing

@Suite("The community pool")
struct CommunityPoolTests {
    @Test("takes gifts, and is spent by the instance's admin alone, in whole units")
    func spends() throws {
        let scene = try RewardsScene(["distribution": ["community_tax": "0.005"]])
        try scene.addValidator(0, 1_000_000)
        try scene.harness.nextBlock()
        try scene.payFees(.fee(100))
        try scene.harness.nextBlock()
        try scene.tell(.fund(.fee(40), .stake(3)), by: 1).thenSucceeded()
        #expect(try scene.communityPool("fee") == "40.5" && scene.communityPool() == "3")
        try scene.tell(.spend(.fee(1), for: .named("other")), by: 1).thenFailed(.notRewardsAdmin)
        try scene.harness.when(settingAdmin: RewardsScene.person(1)).thenSucceeded()
        try scene.tell(.spend(.fee(41), for: .named("other")), by: 1).thenFailed(.communityPoolTooSmall)
        try scene.tell(.spend(.fee(1), for: RewardsAccount.distribution.address), by: 1).thenFailed(
            .blockedRewardRecipient
        )
        try scene.tell(.spend(.fee(40), for: .named("other")), by: 1).thenSucceeded()
        #expect(try scene.balance(of: .named("other"), "fee") == 40)
        #expect(try scene.communityPool("fee") == "0.5")
        try scene.harness.when(settingAdmin: nil).thenSucceeded()
        try scene.tell(.spend(.stake(1), for: .named("other")), by: 1).thenFailed(.notRewardsAdmin)
    }

    @Test("refuses gifts of nothing, and of what the giver has not")
    func refusesGifts() throws {
        let scene = try RewardsScene()
        try scene.tell(.fund(), by: 1).thenFailed(.invalidArgument)
        try scene.tell(.fund(.fee(0)), by: 1).thenFailed(.invalidCoins)
        #expect(try !scene.tell(.fund(.fee(2_000_000_000_000)), by: 1).succeeded)
        #expect(try !scene.tell(.init(), by: 1).succeeded)
        #expect(try scene.communityPool("fee") == "0")
    }

    @Test("is read in pages, as are the totals and an account's rewards")
    func pages() throws {
        let scene = try RewardsScene()
        for number in 0..<3 {
            try scene.addValidator(number, 1_000_000)
            try scene.stake(.delegate(10, to: number), by: 4).thenSucceeded()
        }
        try scene.tell(.fund(.fee(1), .stake(1)), by: 1).thenSucceeded()
        let first = try scene.harness.query(.with { $0.communityPool.limit = 1 }).communityPool
        #expect(first.pool.map(\.denom) == ["fee"] && first.nextDenom == "stake")
        let rest = try scene.harness.query(.with { $0.totals.startDenom = first.nextDenom }).totals
        #expect(rest.totals.map(\.denom) == ["stake"] && rest.nextDenom == "")
        var seen: [String] = []
        var next = ""
        repeat {
            let start = next
            let page = try scene.harness.query(
                .with {
                    $0.delegator.delegator = RewardsScene.text(RewardsScene.person(4))
                    $0.delegator.start = start
                    $0.delegator.limit = 2
                }
            ).delegator
            seen += page.delegations.map(\.validator)
            next = page.next
        } while !next.isEmpty
        #expect(Set(seen).count == 3 && seen.count == 3)
    }
}
