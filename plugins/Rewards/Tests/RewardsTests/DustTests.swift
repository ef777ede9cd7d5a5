import BankEvents
import ModuleKit
import ModuleTesting
import RewardsEvents
import Testing

@testable import Rewards

/// Fees in dust of many denominations, paid by somebody who wants to keep the others' rewards back.
@Suite("Dust")
struct DustTests {
    private let collector = RewardsAccount.feeCollector.address

    /// A chain whose fee collector begins with dust of many denominations, which is shared out in its first block, and whose clerk
    /// has some more.
    private func dusty(_ count: Int, _ distribution: JSONValue = ["community_tax": "0"]) throws -> RewardsScene {
        var balances = RewardsScene.balances
        let dust = (0..<count).map { ["denom": .string("dust\(100 + $0)"), "amount": "100"] as JSONValue }
        balances.append(["address": .string(RewardsScene.text(collector)), "coins": .array(dust)])
        let scene = try RewardsScene(
            ["distribution": distribution],
            sections: ["bank": ["balances": .array(balances)]]
        )
        try scene.harness.when(settingAdmin: RewardsScene.person(0)).thenSucceeded()
        // Nobody had power yet. What the community got goes to the clerk, who pays fees with it.
        var number = 0
        while number < count {
            try scene.harness.nextBlock()
            for _ in 0..<64 where number < count {
                let coin = ProtoCoin.of(100, "dust\(100 + number)")
                try scene.tell(.spend(coin, for: Clerk.address), by: 0).thenSucceeded()
                number += 1
            }
        }
        try scene.addValidator(0, 1_000_000, rate: "0")
        try scene.harness.nextBlock()
        return scene
    }

    private func payDust(_ scene: RewardsScene, _ numbers: Range<Int>) throws {
        for number in numbers { try scene.payFees(.of(1, "dust\(100 + number)")) }
    }

    @Test("takes the free places, but never those of stake and of denominations that the parameters name")
    func places() throws {
        let scene = try dusty(20, ["community_tax": "0", "shared_denoms": ["fee"]])
        try payDust(scene, 0..<20)
        let block = try scene.harness.nextBlock()
        let shared = try #require(block.began.of(RewardsEvent.self).first { $0.distributed.collected.count == 20 })
        #expect(shared.distributed.pooledDenoms == (116..<120).map { "dust\($0)" })
        #expect(try scene.rewards(of: 0, at: 0, "dust115") == "1" && scene.rewards(of: 0, at: 0, "dust116") == "0")
        #expect(try scene.communityPool("dust116") == "1")
        try scene.payFees(.fee(30), .stake(7))
        try scene.harness.nextBlock()
        #expect(try scene.rewards(of: 0, at: 0, "fee") == "30" && scene.rewards(of: 0, at: 0) == "7")
        #expect(try scene.communityPool("fee") == "0" && scene.communityPool() == "0")
        // The chain's own take no place of others'; a newcomer finds none.
        try payDust(scene, 16..<17)
        try scene.harness.nextBlock()
        #expect(try scene.communityPool("dust116") == "2")
    }

    @Test("before the chain's own in the order does not keep them back, and whatever comes after it has its turn")
    func turns() throws {
        let scene = try dusty(66, ["community_tax": "0", "shared_denoms": ["fee"]])
        for round in 0..<3 {
            try payDust(scene, 0..<66)
            if round == 0 { try scene.payFees(.fee(30), .stake(7)) }
            try scene.harness.nextBlock()
            #expect(try scene.rewards(of: 0, at: 0, "fee") == "30" && scene.rewards(of: 0, at: 0) == "7")
        }
        // The last two came in the second block, and what had come again of the first in the third.
        #expect(try scene.balance(of: collector, "dust165") == 1 && scene.balance(of: collector, "dust100") == 0)
        #expect(try scene.communityPool("dust165") == "2")
        #expect(try scene.rewards(of: 0, at: 0, "dust100") == "3")
    }

    @Test("has limits: the parameters name fourteen denominations at most, in order")
    func named() throws {
        for denoms in [(10..<25).map { "coin\($0)" }, ["b1b", "a1a"], ["fee", "fee"]] {
            #expect(throws: HarnessError.self) {
                try RewardsScene(["distribution": ["shared_denoms": .array(denoms.map { .string($0) })]])
            }
        }
        var rules = RewardRules()
        rules.sharedDenoms = [try Denom("coin"), try Denom("fee")]
        #expect(try RewardRules(rules.stored) == rules)
        var read = RewardRules()
        try ParametersFormat.read(JSONField(ParametersFormat.write(rules)), into: &read)
        #expect(read == rules)
    }
}
