import BankEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting
import Testing
import VirtualStakingEvents

@Suite("What becomes of validators")
struct ValidatorTests {
    private func chain(_ pledges: [UInt64] = [500, 300], maxValidators: UInt64 = 200) throws -> StakeChain {
        let chain = try StakeChain(validators: [1000, 1000, 900], cap: 10_000, maxValidators: maxValidators)
        try chain.pledge(pledges)
        try chain.nextEpoch()
        try chain.next()
        return chain
    }

    @Test("A jailed validator loses its virtual stake in that block, and has no target until it is active again")
    func jailed() throws {
        let chain = try chain()
        let outcome = try chain.punish(chain.jail(0))
        #expect(outcome.events.moves == ["-500"])
        #expect(outcome.events.kinds == ["released", "returned", "burned"])
        #expect(try chain.minted(2) == [0, 300])
        try chain.next()
        #expect((0..<3).map(chain.power) == [0, 1300, 900])
        #expect(try chain.nextEpoch().began.moves.isEmpty)
        // It returns at the end of a block, and the next epoch bonds what is pledged to it.
        try chain.punish(chain.unjail(0))
        try chain.next()
        #expect(chain.power(0) == 1000)
        #expect(try chain.nextEpoch().began.moves == ["+500"])
        try chain.next()
        #expect(chain.power(0) == 1500)
    }

    @Test(
        "A validator that an epoch has bonded to in the same block loses it again when it is jailed later in the block"
    )
    func jailedAfterBonding() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 10_000)
        try chain.pledge([500, 300])
        try chain.nextEpoch()
        #expect(try chain.punish(chain.jail(0)).events.moves == ["-500"])
        try chain.next()
        #expect((0..<2).map(chain.power) == [0, 1300])
    }

    @Test("A validator that others push out of the active set loses its virtual stake in that block")
    func pushedOut() throws {
        let chain = try chain([0, 0, 200], maxValidators: 2)
        // Of 1000, 1000 and 900 the last was not active: what is pledged to it waits.
        #expect(try chain.minted(3) == [0, 0, 0])
        try chain.user(.delegating(150, to: 2)).thenSucceeded()
        try chain.next()
        #expect((0..<3).map(chain.power).filter { $0 > 0 }.sorted() == [1000, 1050])
        try chain.nextEpoch()
        #expect(try chain.minted(3) == [0, 0, 200])
        try chain.next()
        #expect(chain.power(2) == 1250)
        for number in 0..<2 { try chain.user(.delegating(500, to: number)).thenSucceeded() }
        let outcome = try chain.next()
        #expect(outcome.ended.moves == ["-200"])
        #expect((0..<3).map(chain.power) == [1500, 1500, 0])
        #expect(try chain.stake(2).tokens == "1050")
    }

    @Test(
        "D1: a tombstoned validator loses its virtual stake for good, and what was pledged to it can still be unstaked"
    )
    func tombstoned() throws {
        let chain = try chain()
        let tombstone = MagistrateEvent.with { $0.tombstoned.consensusAddress = Account.consensusAddress(0) }
        #expect(try chain.punish(tombstone, chain.jail(0)).events.moves == ["-500"])
        #expect(try chain.nextEpoch().began.moves.isEmpty)
        #expect(try chain.reduce(500, of: 500, at: 0).thenSucceeded().events.kinds.isEmpty)
    }

    @Test(
        "A slash destroys virtual tokens like others: they leave the count and the offset, and real ones alone the supply"
    )
    func slashed() throws {
        let chain = try chain()
        let before = try chain.supply()
        let outcome = try chain.punish(try chain.slash(0, "0.1"))
        // A tenth of 1500 is burned, of which 50 are virtual.
        #expect(outcome.events.kinds == ["stake_lost"])
        #expect(try chain.minted(2) == [450, 300])
        let after = try chain.supply()
        #expect(try before.existing.subtracting(after.existing) == Amount(150))
        #expect(try before.reported.subtracting(after.reported) == Amount(100))
        // D16: the validator was not jailed, so it is as active as before. The pledge is what it was, and the next epoch makes
        // up for the loss.
        #expect(try chain.nextEpoch().began.moves == ["+50"])
    }

    @Test("A slash and a jail in one block leave no virtual stake, and no fraction of a unit")
    func slashedAndJailed() throws {
        let chain = try chain()
        let outcome = try chain.punish(try chain.slash(0, "0.033"), chain.jail(0))
        #expect(outcome.events.kinds == ["stake_lost", "released", "returned", "burned"])
        #expect(try chain.minted(2) == [0, 300])
        #expect(try chain.supply().offset.description == "-300")
    }

    @Test("A validator that is slashed to nothing has no virtual stake left")
    func slashedToNothing() throws {
        let chain = try chain()
        try chain.punish(try chain.slash(0, "1"), chain.jail(0))
        #expect(try chain.minted(2) == [0, 300])
        #expect(try chain.supply().offset.description == "-300")
        try chain.nextEpoch()
    }

    @Test("Where shares are worth less than a unit, what rounding takes leaves the count and the offset")
    func rounding() throws {
        let chain = try chain([500, 301])
        try chain.punish(try chain.slash(1, "0.0333"))
        for step in 0..<6 {
            try chain.pledge(UInt64(7 + step), to: 1)
            try chain.nextEpoch()
            let pledged = try UInt64(chain.minted(2)[1])
            try chain.reduce(3, of: pledged, at: 1).thenSucceeded()
            try chain.next()
        }
        try chain.grant(0)
        #expect(try chain.minted(2) == [0, 0])
        #expect(try chain.supply().offset == .zero)
    }

    @Test(
        "During a slash that goes on, what can't be let go is owed, and let go in the block in which the slash is complete"
    )
    func slashInProgress() throws {
        let chain = try StakeChain(validators: [1_000_000, 1000], cap: 10_000, delegators: 501)
        try chain.pledge([500, 300])
        try chain.nextEpoch()
        try chain.next()
        let height = chain.harness.block.height
        try chain.everybodyUndelegates(from: 0)
        try chain.next()
        // The slash visits 500 of the 501 who undelegated since the infraction, and goes on at the end of the block.
        var slash = try chain.slash(0, "0.1")
        slash.slashed.infractionHeight = height
        try chain.punish(slash)
        #expect(try chain.stake(0).slashesInProgress == 1)
        let reduced = try chain.reduce(100, of: 500, at: 0).thenSucceeded()
        #expect(reduced.events.kinds == ["release_deferred"])
        #expect(try chain.owed(0) == 100)
        // Of the 400 that are not owed yet, a part goes with the next reduction, and the jail takes the rest.
        try chain.reduce(200, of: 400, at: 0, burns: true).thenSucceeded()
        #expect(try chain.owed(0) == 300)
        try chain.punish(chain.jail(0))
        #expect(try chain.owed(0) == 500)
        let outcome = try chain.next()
        #expect(outcome.ended.kinds == ["stake_lost", "released", "returned", "burned"])
        #expect(try chain.minted(2) == [0, 300])
        #expect(try chain.owed(0) == 0)
        #expect(try chain.supply().offset.description == "-300")
        #expect(chain.power(0) == 0)
    }
}
