import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Infraction after infraction")
struct RepeatedInfractionTests {
    @Test("Old evidence, brought over and over in the places of others, makes nobody pay twice")
    func paysOnce() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let time = chain.harness.block.time
        for round in 0..<3 {
            // The first ones have lost their places to the last ones, and take them back.
            for height in UInt64(1)...16 {
                try chain.infract(at: time, height: round == 1 ? height + 16 : height)
            }
            _ = try chain.settle()
            #expect(try chain.collateral() == "980")
        }
        #expect(try chain.offender().taken == "20")
        #expect(try chain.offender().infractions.map(\.infraction.taken).allSatisfy { $0 == "0" })
    }

    @Test(
        "The largest debt is paid though sixteen smaller ones came before it, and is not given back for those after it"
    )
    func paysLargest() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let early = chain.harness.block.time
        try chain.nextBlock(after: .seconds(60))
        try chain.acknowledge(try chain.unstake(60))
        try chain.nextBlock(after: .seconds(60))
        let late = chain.harness.block.time
        for height in UInt64(1)...16 { try chain.infract(at: late, height: height) }
        _ = try chain.settle()
        #expect(try chain.collateral() == "992")
        try chain.infract(at: early, height: 17)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        // The earliest gives its place away first.
        #expect(try chain.infract(at: late, height: 18).emitted.first?.infractionRecorded.replaced == 17)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        #expect(try chain.liabilities().map { "\($0.paid) \($0.due)" } == ["20 0"])
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "80")
    }

    @Test(
        "No infraction goes while stake in flight may owe for it: sixteen later ones save nobody anything",
        arguments: [true, false]
    )
    func keepsWhatIsInFlight(lands: Bool) throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.stake(50)
        let early = chain.harness.block.time
        try chain.nextBlock(after: .seconds(60))
        try chain.acknowledge(try chain.unstake(100))
        try chain.nextBlock(after: .seconds(60))
        let late = chain.harness.block.time
        for height in UInt64(1)...16 { try chain.infract(at: height == 1 ? early : late, height: height) }
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        // For the later ones alone, a fifth of what is in flight is owed, and more than that is paid.
        try chain.prove(chain.proof(at: late, height: 17)).thenFailed(.tooManyInfractions)
        #expect(try chain.liabilities().map { "\($0.paid) \($0.dueInFlight)" } == ["20 10"])
        if lands { try chain.acknowledge(packet) } else { try chain.timeOut(packet) }
        if lands { try chain.prove(chain.proof(at: late, height: 17)).thenFailed(.tooManyInfractions) }
        _ = try chain.settle()
        #expect(try chain.collateral() == (lands ? "970" : "980"))
        let next = try chain.infract(at: late, height: 17)
        #expect(next.emitted.first?.infractionRecorded.replaced == 1)
        _ = try chain.settle()
        #expect(try chain.collateral() == (lands ? "970" : "980"))
    }

    @Test("No infraction goes while the settlement of anybody fails")
    func keepsWhatFails() throws {
        let end = HarnessOptions().genesisTime.saturatingAdding(.minutes(30))
        let chain = try StakingChain.ready(neighbours: [Objector(to: [.named("alice")], until: end, .unauthorized)])
        try chain.staked(100)
        let early = chain.harness.block.time
        try chain.nextBlock(after: .seconds(60))
        try chain.acknowledge(try chain.unstake(60))
        try chain.nextBlock(after: .seconds(60))
        let late = chain.harness.block.time
        for height in UInt64(1)...16 { try chain.infract(at: height == 1 ? early : late, height: height) }
        while try !chain.offender().settled { try chain.nextBlock() }
        #expect(try chain.isSettling)
        try chain.prove(chain.proof(at: late, height: 17)).thenFailed(.tooManyInfractions)
        try chain.nextBlock(after: .minutes(30))
        _ = try chain.settle()
        // For the later ones alone it would be 8.
        #expect(try chain.collateral() == "980")
        try chain.infract(at: late, height: 17)
    }

    @Test("A stake in flight over a client that has expired is let go only when evidence of its time is too old")
    func abandoned() throws {
        for lands in [true, false] {
            let chain = try StakingChain.ready()
            let packet = try chain.stake(100)
            let time = chain.harness.block.time
            try chain.nextBlock()
            try chain.setClient("expired")
            try chain.close(by: chain.alice).thenSucceeded()
            try chain.infract(at: time)
            _ = try chain.settle()
            try chain.nextBlock(after: .seconds(3597))
            #expect(try chain.withdraw() == "0")
            #expect(try chain.liabilities().map { "\($0.due) \($0.dueInFlight)" } == ["0 20"])
            if lands { try chain.acknowledge(packet) }
            _ = try chain.settle()
            #expect(try chain.collateral() == (lands ? "980" : "1000"))
            try chain.nextBlock(after: .seconds(2))
            try chain.prove(chain.proof(at: time, height: 8)).thenFailed(.infractionTooOld)
            #expect(try chain.withdraw() == (lands ? "0" : "100"))
            // Whatever is heard of it later moves nothing.
            guard !lands else { continue }
            try chain.acknowledge(packet)
            #expect(try chain.settle().isEmpty)
            #expect(try chain.collateral() == "1000")
            #expect(try chain.lien() == "none")
        }
    }

    @Test("Splitting stake saves less than one unit for each account, and the smallest stake bounds that")
    func split() throws {
        let people = (0..<10).map { Address.named("splinter \($0)") }
        let chain = try StakingChain.ready(settings: [("minimum_stake", "49")], people: people)
        try chain.tryStake(48).thenFailed(.externalStakeBelowMinimum)
        for person in people { try chain.staked(49, of: person) }
        try chain.staked(490)
        try chain.infract()
        _ = try chain.settle()
        #expect(try chain.collateral() == "902")
        // 9.8 each, rounded down.
        for person in people { #expect(try chain.collateral(of: person) == "991") }
    }
}
