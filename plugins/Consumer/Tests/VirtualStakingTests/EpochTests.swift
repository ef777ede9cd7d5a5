import Bank
import BankEvents
import ConverterEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import VirtualStakingEvents

@Suite("Epochs")
struct EpochTests {
    @Test("An epoch bonds what is pledged, and the powers follow in the same block; the supply does not")
    func bonds() throws {
        let chain = try StakeChain(validators: [1000, 1000, 1000], cap: 10_000)
        try chain.pledge([500, 0, 300])
        #expect(try chain.minted(3) == [0, 0, 0])
        let outcome = try chain.nextEpoch()
        #expect(outcome.began.moves == ["+500", "+300"])
        #expect(outcome.began.kinds == ["bonded", "bonded", "epoch_completed"])
        #expect(chain.power(0) == 1000)
        try chain.next()
        #expect((0..<3).map(chain.power) == [1500, 1000, 1300])
        #expect(try chain.supply().existing.description == "1000003800")
        let totals = try chain.totals()
        #expect(totals.minted == "800" && totals.cap == "10000" && totals.owed == "0")
        #expect(totals.nextEpochHeight == totals.lastEpochHeight + 5)
    }

    @Test("Nothing happens between epochs, and an epoch that finds everything in place moves nothing")
    func settled() throws {
        let chain = try StakeChain(validators: [1000], cap: 10_000)
        try chain.pledge([500])
        try chain.nextEpoch()
        for _ in 0..<4 { #expect(try chain.next().events.kinds.isEmpty) }
        #expect(try chain.next().began.kinds == ["epoch_completed"])
    }

    /// Requests and shares of the reference contracts' run `over_cap_rebalance` (osmosis-labs/mesh-security, 44c6e65b).
    @Test(
        "Over the cap each target is scaled down: the figures of the reference, and in the same block when the cap falls"
    )
    func overCap() throws {
        let chain = try StakeChain(validators: [1_000_000, 1_000_000, 1_000_000, 1_000_000], cap: 1000)
        try chain.pledge([800, 600, 7])
        #expect(try chain.nextEpoch().began.moves == ["+568", "+426", "+4"])
        try chain.grant(1200)
        #expect(try chain.nextEpoch().began.moves == ["+114", "+85", "+1"])
        try chain.grant(3000)
        #expect(try chain.nextEpoch().began.moves == ["+118", "+89", "+2"])
        #expect(try chain.grant(500).events.moves == ["-516", "-387", "-5"])
        #expect(try chain.minted(4) == [284, 213, 2, 0])
        // 700 of 800 are unstaked; of 284 go 248.5, rounded up. (The reference lets go at its next epoch only.)
        #expect(try chain.reduce(700, of: 800, at: 0).events.moves == ["-249"])
        try chain.grant(707)
        #expect(try chain.nextEpoch().began.moves == ["+65", "+387", "+5"])
        #expect(try chain.minted(4) == [100, 600, 7, 0])
    }

    @Test("D17: a share that rounds to zero is not bonded, and holds back nothing else")
    func zeroShare() throws {
        let chain = try StakeChain(validators: [1000, 1000, 1000], cap: 1000)
        try chain.pledge([800, 600, 1])
        let outcome = try chain.nextEpoch()
        #expect(outcome.failures.isEmpty)
        #expect(outcome.began.moves == ["+571", "+428"])
        #expect(try chain.minted(3) == [571, 428, 0])
    }

    @Test("D18: at the cap, stake that moves to an earlier validator is let go before it is bonded")
    func orderOfMoves() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 1000)
        try chain.pledge([0, 1000])
        try chain.nextEpoch()
        try chain.reduce(400, of: 1000, at: 1)
        try chain.pledge(400, to: 0)
        try chain.pledge(600, to: 0)
        let outcome = try chain.nextEpoch()
        #expect(outcome.began.moves == ["-225", "+625"])
        #expect(try chain.minted(2) == [625, 375])
    }

    @Test("While the price is not fresh, nothing is bonded, and what is too much is let go all the same")
    func stalePrice() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 1000)
        try chain.pledge([500, 500])
        try chain.nextEpoch()
        try chain.pledge(1000, to: 0)
        try chain.price("stale")
        let outcome = try chain.nextEpoch()
        // The targets are now 1500 and 500, scaled to 750 and 250.
        #expect(outcome.began.moves == ["-250"])
        #expect(outcome.began.of(VirtualStakingEvent.self).last?.epochCompleted.isPriceFresh == false)
        try chain.price("fresh")
        #expect(try chain.nextEpoch().began.moves == ["+250"])
        #expect(try chain.minted(2) == [750, 250])
    }

    @Test(
        "An epoch that fails is rolled back alone and recorded; the block goes on, and the next epoch makes up for it"
    )
    func failing() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 1000)
        try chain.pledge([300, 300])
        try chain.price("silent")
        let outcome = try chain.nextEpoch(toleratingFailures: true)
        #expect(outcome.failures.map(\.error.code) == [StandInConverter<FirstPlace>.silence])
        #expect(outcome.began.kinds.isEmpty)
        try chain.price("fresh")
        #expect(try chain.nextEpoch().began.moves == ["+300", "+300"])
    }

    @Test("What can't be bonded is recorded validator by validator; the epoch goes on, and the next one tries again")
    func failingBonds() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 500)
        try chain.pledge([300, 0])
        try chain.nextEpoch()
        try chain.pledge([0, 700])
        chain.harness.withhold(.bankMint, from: Bank.self)
        // To fit 1000 into 500, 150 are let go at the first; the second gets none of its 350.
        #expect(
            try chain.nextEpoch().began.kinds == ["released", "returned", "burned", "bond_failed", "epoch_completed"]
        )
        #expect(try chain.minted(2) == [150, 0])
        chain.harness.grant(.bankMint, to: Bank.self)
        #expect(try chain.nextEpoch().began.moves == ["+350"])
    }

    @Test("Instances have their epochs in different blocks")
    func offsets() throws {
        let chain = try StakeChain(validators: [1000], cap: 1000, epoch: 4, pairs: 2)
        try chain.grant(1000, to: chain.second)
        try chain.pledge([300])
        try chain.harness.when(recording: [.pledge("70", to: 0)], of: StandInConverter<SecondPlace>.self)
            .thenSucceeded()
        var heights: [UInt32: [UInt64]] = [:]
        for _ in 0..<8 {
            for event in try chain.next().began where event.kind.name == "epoch_completed" {
                heights[event.instance.number, default: []].append(chain.harness.block.height)
            }
        }
        // The rest of 1 and 6 divided by 4.
        #expect(heights[1] == [5, 9])
        #expect(heights[6] == [6, 10])
        #expect(try chain.worthOfSecond().description == "70")
        #expect(try chain.stake(0).tokens == "1370")
    }

    @Test("A validator without any, or with an unknown one, has no target")
    func unknownValidator() throws {
        let chain = try StakeChain(validators: [1000], cap: 1000)
        try chain.pledge([300])
        try chain.pledge(5000, to: 7)
        #expect(try chain.nextEpoch().began.moves == ["+300"])
    }

    @Test("Without a grant, or without a converter that names the instance back, nothing is bonded")
    func unpaired() throws {
        let ungranted = try StakeChain(validators: [1000])
        try ungranted.pledge([300])
        #expect(try ungranted.nextEpoch().began.kinds.isEmpty)

        let unpaired = try StakeChain(validators: [1000], cap: 1000)
        try unpaired.pledge([300])
        try unpaired.record(.named("another", price: "fresh")).thenSucceeded()
        let outcome = try unpaired.nextEpoch(toleratingFailures: true)
        #expect(outcome.failures.map(\.error.code) == [.notPaired])
        #expect(try unpaired.minted(1) == [0])
    }
}
