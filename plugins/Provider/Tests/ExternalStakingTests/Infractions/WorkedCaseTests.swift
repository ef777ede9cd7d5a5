import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@testable import ExternalStaking

/// The five cases that the reference publishes, times a thousand: from evidence through the vault to every other lien.
@Suite("Slashes that propagate")
struct WorkedCaseTests {
    private func check(
        _ alliance: Alliance,
        collateral: String,
        liens: [String],
        slashable: String,
        free: String = "0",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let events = try alliance.settle()
        #expect(events.of(HarnessEvent.self).isEmpty, sourceLocation: sourceLocation)
        let account = try alliance.account()
        #expect(account.bonded == collateral, sourceLocation: sourceLocation)
        #expect(try alliance.liens() == liens, sourceLocation: sourceLocation)
        #expect(account.totalSlashable.high == slashable, sourceLocation: sourceLocation)
        #expect(account.free.low == free, sourceLocation: sourceLocation)
        #expect(account.unburned == "0", sourceLocation: sourceLocation)
        try alliance.checkCoins()
    }

    /// As the reference transcript slashing_1 ends.
    @Test("1: what is free covers the slash")
    func case1() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.1"])
        try alliance.bond(200_000)
        try alliance.stakeLocal(190_000)
        try alliance.staked(100_000, on: "v1", over: 0)
        try alliance.staked(50_000, on: "v2", over: 0)
        try alliance.infract(1, over: 0)
        try check(alliance, collateral: "190000", liens: ["190000", "140000"], slashable: "33000")
        #expect(try alliance.stake(on: "v1", over: 0) == "0+90000")
        #expect(try alliance.stake(on: "v2", over: 0) == "50000+0")
    }

    /// As the reference transcript slashing_2 ends.
    @Test("2: nothing is free, and the largest lien gives way")
    func case2() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.1"])
        try alliance.bond(200_000)
        try alliance.stakeLocal(200_000)
        try alliance.staked(200_000, on: "v1", over: 0)
        try alliance.infract(1, over: 0)
        try check(alliance, collateral: "180000", liens: ["180000", "180000"], slashable: "36000")
    }

    /// As the reference transcript slashing_3 ends.
    @Test("3: some is free, and the largest lien gives way by the rest")
    func case3() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.1"])
        try alliance.bond(200_000)
        try alliance.stakeLocal(190_000)
        try alliance.staked(150_000, on: "v1", over: 0)
        try alliance.infract(1, over: 0)
        try check(alliance, collateral: "185000", liens: ["185000", "135000"], slashable: "32000")
    }

    @Test("4: two liens give way, one of them of another pairing, in proportion over its validators")
    func case4() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.1", "0.1"])
        try alliance.bond(200_000)
        try alliance.stakeLocal(190_000)
        try alliance.staked(140_000, on: "v1", over: 0)
        try alliance.staked(40_000, on: "v2", over: 0)
        try alliance.staked(100_000, on: "v3", over: 1)
        try alliance.staked(88_000, on: "v4", over: 1)
        try alliance.infract(1, over: 0)
        try check(alliance, collateral: "186000", liens: ["186000", "166000", "186000"], slashable: "53800")
        #expect(try alliance.stake(on: "v1", over: 0) == "0+126000")
        #expect(try alliance.stake(on: "v2", over: 0) == "40000+0")
        #expect(try alliance.stake(on: "v3", over: 1) == "98936+0")
        #expect(try alliance.stake(on: "v4", over: 1) == "87064+0")
    }

    @Test("5: what can be slashed gives way on every lien alike")
    func case5() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.5", "0.5", "0.5"])
        try alliance.bond(200_000)
        try alliance.stakeLocal(100_000)
        try alliance.staked(180_000, on: "v1", over: 0)
        try alliance.staked(80_000, on: "v2", over: 1)
        try alliance.staked(100_000, on: "v3", over: 2)
        try alliance.infract(1, over: 0)
        try check(
            alliance,
            collateral: "110000",
            liens: ["78125", "68125", "58125", "78125"],
            slashable: "109998",
            free: "2"
        )
    }

    @Test("Slashes of several pairings in one block, in either order, leave what is covered and no coin too many")
    func simultaneous() throws {
        for order in [[0, 1], [1, 0]] {
            let alliance = try Alliance(ratios: ["0.1", "0.5", "0.5"])
            try alliance.bond(200_000)
            try alliance.stakeLocal(150_000)
            try alliance.staked(150_000, on: "v1", over: 0)
            try alliance.staked(150_000, on: "v1", over: 1)
            for pairing in order { try alliance.infract(1, over: pairing) }
            let events = try alliance.settle()
            #expect(events.of(HarnessEvent.self).isEmpty)
            // The first takes 75000, and leaves liens of 125000; the second takes half of what is left of its own.
            let slashes = events.of(VaultEvent.self).compactMap { event in
                if case .slashed(let slashed) = event.event { slashed } else { nil }
            }
            #expect(slashes.map(\.amount) == ["75000", "62500"])
            #expect(slashes.allSatisfy { $0.excess == "0" })
            #expect(try alliance.account().bonded == "62500")
            #expect(try alliance.account().unburned == "0")
            try alliance.checkCoins()
        }
    }

    @Test("A holder that throws when its lien is cut spoils nothing but its own records, and that is recorded")
    func throwing() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.5", "0.5"], neighbours: [Grudge()])
        try alliance.bond(300_000)
        try alliance.staked(200_000, on: "v1", over: 0)
        try alliance.tryStake(150_000, on: "any", by: "grudge").thenSucceeded()
        try alliance.staked(200_000, on: "v2", over: 1)
        func failures(_ events: [RecordedEvent]) -> Int {
            events.of(HarnessEvent.self).count { if case .reactionFailed = $0.event { true } else { false } }
        }
        // 100000 are lost: of 200000, half of all liens can be lost, so each gives way by a third of 50000.
        try alliance.infract(1, over: 0)
        #expect(failures(try alliance.settle()) == 1)
        #expect(try alliance.account().bonded == "200000")
        #expect(try alliance.liens() == ["83333", "183333"])
        // The next slash is none the worse for it.
        try alliance.infract(2, over: 1)
        #expect(failures(try alliance.settle()) == 1)
        #expect(try alliance.account().bonded == "108334")
        try alliance.checkCoins()
    }

    @Test("Nobody who listens can refuse what a user pays")
    func unrefusable() throws {
        let refusal = FailingNeighbour<ExternalStakingEvent>(where: { event in
            if case .liabilitySettled = event.event { true } else { false }
        })
        let alliance = try Alliance(ratios: ["0.1", "0.5"], neighbours: [refusal])
        try alliance.bond(1000)
        try alliance.staked(1000, on: "v1", over: 0)
        try alliance.infract(1, over: 0)
        #expect(try alliance.settle().of(HarnessEvent.self).isEmpty)
        #expect(try alliance.account().bonded == "500")
    }

    @Test("A lien of one unit that can hardly be slashed does not shield the others")
    func dust() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.5", "0.5", "0.1"])
        try alliance.bond(200_000)
        try alliance.stakeLocal(100_000)
        try alliance.staked(180_000, on: "v1", over: 0)
        try alliance.staked(170_000, on: "v2", over: 1)
        try alliance.staked(1, on: "v1", over: 2)
        try alliance.infract(1, over: 0)
        let events = try alliance.settle()
        #expect(events.of(HarnessEvent.self).isEmpty)
        #expect(try alliance.account().bonded == "110000")
        #expect(try alliance.liens() == ["100000", "90000", "110000", "1"])
        try alliance.checkCoins()
    }

    @Test(
        "However many holders somebody makes for himself, no more than 32 of them get a lien, and the slash takes the same"
    )
    func selfMadeHolders() throws {
        let count = 40
        let alliance = try Alliance(ratios: Array(repeating: "0.01", count: count + 1))
        try alliance.bond(200_000)
        var accepted = 0
        for pairing in alliance.pairings {
            let outcome = try alliance.tryStake(1000, on: "v1", by: pairing.label)
            guard outcome.succeeded else {
                try outcome.thenFailed(.tooManyLiens)
                continue
            }
            accepted += 1
            try alliance.acknowledge(try outcome.thenSent())
        }
        try alliance.insist(10_000, with: try #require(alliance.pairings.last), expecting: .tooManyLiens)
        #expect(accepted == 32)
        try alliance.infract(1, over: 0)
        let events = try alliance.settle()
        #expect(try alliance.account().liens.count == 32)
        #expect(events.count < ExternalStaking.eventsPerSettlement)
    }
}
