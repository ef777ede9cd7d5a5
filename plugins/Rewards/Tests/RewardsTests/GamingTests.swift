import ModuleKit
import ModuleTesting
import RewardsEvents
import StakingEvents
import Testing

/// Whether anybody can gain by how he stakes and withdraws. Each test runs a chain twice, with the same blocks and fees.
@Suite("Nobody gains")
struct GamingTests {
    /// What persons 2 and on have of fees at the end, when they stake as told, and do something after each block.
    private func run(
        _ seed: UInt64,
        stakes: [UInt64],
        afterBlock: (RewardsScene, Int) throws -> Void = { _, _ in }
    ) throws -> [Amount] {
        var random = SplitMix64(seed: seed)
        let scene = try RewardsScene(["distribution": ["community_tax": "0"]], replays: false)
        try scene.addValidator(0, 1_234_567, rate: "0.07")
        try scene.addValidator(1, 3_000_000, rate: "0")
        for (index, stake) in stakes.enumerated() {
            try scene.stake(.delegate(stake, to: 0), by: 2 + index).thenSucceeded()
        }
        try scene.harness.nextBlock()
        for block in 0..<12 {
            try scene.payFees(.fee(UInt64.random(in: 1...5000, using: &random)))
            try scene.harness.nextBlock()
            try afterBlock(scene, block)
        }
        for index in stakes.indices { try scene.tell(.withdrawAll(), by: 2 + index) }
        return try stakes.indices.map { try scene.balance(of: RewardsScene.person(2 + $0), "fee") }
    }

    private static let start: UInt128 = 1_000_000_000_000

    @Test("by splitting his stake among several accounts")
    func splitting() throws {
        let seed = try TestSeed.next()
        let whole = try run(seed, stakes: [7_000_003])
        let parts = try run(seed, stakes: [1, 3_500_001, 3_500_001])
        let gained = parts.reduce(0) { $0 + $1.units - Self.start }
        #expect(gained <= whole[0].units - Self.start)
        // Nor does he lose more than a unit for each account.
        #expect(gained + 3 >= whole[0].units - Self.start)
    }

    @Test("by withdrawing often, nor loses by it")
    func often() throws {
        let seed = try TestSeed.next()
        let once = try run(seed, stakes: [777_777, 2_000_000])
        let often = try run(seed, stakes: [777_777, 2_000_000]) { scene, _ in try scene.tell(.withdraw(0), by: 2) }
        #expect(once == often)
    }

    @Test("by staking when the rewards have arrived, and leaving with them")
    func late() throws {
        let seed = try TestSeed.next()
        let honest = try run(seed, stakes: [777_777])
        let with = try run(seed, stakes: [777_777]) { scene, _ in
            try scene.stake(.delegate(500_000_000, to: 0), by: 9).thenSucceeded()
            try scene.stake(.undelegate(500_000_000, from: 0), by: 9).thenSucceeded()
            try scene.tell(.withdrawAll(), by: 9).thenFailed(.nothingToWithdraw)
            #expect(try scene.balance(of: RewardsScene.person(9), "fee") == Amount(Self.start))
            for _ in 0..<6 { try scene.harness.nextBlock(after: .seconds(10)) }
        }
        #expect(honest == with)
    }

    @Test("by restaking in small pieces")
    func restaking() throws {
        let seed = try TestSeed.next()
        let still = try run(seed, stakes: [777_777, 2_000_000])
        let busy = try run(seed, stakes: [777_777, 2_000_000]) { scene, block in
            guard block % 2 == 0 else { return }
            try scene.stake(.undelegate(7, from: 0), by: 2).thenSucceeded()
            try scene.stake(.delegate(7, to: 0), by: 2).thenSucceeded()
        }
        #expect(busy[0] <= still[0] && busy[1] == still[1])
    }
}
