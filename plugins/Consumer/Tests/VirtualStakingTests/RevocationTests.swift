import BankEvents
import ConverterEvents
import ModuleKit
import StakingEvents
import StakingTesting
import Testing
import VirtualStakingEvents

@testable import ModuleTesting
@testable import VirtualStaking

@Suite("A revocation")
struct RevocationTests {
    /// A chain on which 501 delegators have taken back what they had at validator 0, and a slash of it has begun that has to
    /// look at all of them, and goes on at the end of the block.
    private func chainDuringSlash() throws -> StakeChain {
        let chain = try StakeChain(validators: [1_000_000, 1000], cap: 10_000, delegators: 501)
        try chain.pledge([500, 300])
        try chain.nextEpoch()
        try chain.next()
        let height = chain.harness.block.height
        try chain.everybodyUndelegates(from: 0)
        try chain.next()
        var slash = try chain.slash(0, "0.1")
        slash.slashed.infractionHeight = height
        try chain.punish(slash)
        #expect(try chain.stake(0).slashesInProgress == 1)
        return chain
    }

    /// So many validators, each with 1000 of virtual stake.
    private func chain(ofValidators count: Int, followers: [any ProtocolModule] = []) throws -> StakeChain {
        let chain = try StakeChain(
            validators: [UInt64](repeating: 1_000_000, count: count),
            cap: 1_000_000_000,
            maxValidators: 600,
            followers: followers,
            replays: false
        )
        for number in 0..<count { try chain.pledge(1000, to: number) }
        try chain.nextEpoch()
        return chain
    }

    @Test(
        "during a slash leaves no virtual stake: what is owed is let go, and what is lost is written off, without a grant"
    )
    func duringSlash() throws {
        let chain = try chainDuringSlash()
        #expect(
            try chain.revoke().events.kinds == ["cap_changed", "release_deferred", "released", "returned", "burned"]
        )
        #expect(try chain.owed(0) == 500)
        let outcome = try chain.next()
        #expect(outcome.failures.isEmpty)
        #expect(outcome.ended.of(HarnessEvent.self).allSatisfy { !$0.isFailure })
        #expect(outcome.ended.kinds == ["stake_lost", "released", "returned", "burned"])
        #expect(try chain.minted(2) == [0, 0])
        #expect(try chain.supply().offset == .zero)
    }

    @Test("that comes all at once, without a cap of zero before, is no different")
    func atOnce() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 10_000)
        try chain.pledge([500, 300])
        try chain.nextEpoch()
        let revocation = HarnessEvent.revoked(.mintVirtualStake, from: try chain.harness.identity)
        let outcome = try chain.harness.when(recording: [revocation], of: TestHost.self).thenSucceeded()
        #expect(outcome.events.kinds == ["cap_changed", "released", "returned", "released", "returned", "burned"])
        #expect(try chain.supply().offset == .zero)
        try chain.next()
    }

    @Test("during a slash, and a grant anew before the slash is complete, end with what is pledged, under the new cap")
    func grantedAgain() throws {
        let chain = try chainDuringSlash()
        try chain.revoke()
        try chain.grant(400)
        #expect(try chain.owed(0) == 500)
        try chain.next()
        #expect(try chain.minted(2) == [0, 0])
        try chain.nextEpoch()
        #expect(try chain.minted(2) == [250, 150])
    }

    @Test("takes only what the instance has: it can bond no more, and who never held a grant can't even let go")
    func bondsNothing() throws {
        let chain = try StakeChain(validators: [1000], cap: 1000)
        try chain.pledge([300])
        try chain.revoke()
        #expect(try chain.nextEpoch().began.kinds.isEmpty)
        let kinds = VirtualStakingEvent.kinds.filter { $0.privilege != nil }
        #expect(kinds.filter { !$0.outlivesGrant }.map(\.name) == ["bonded"])

        let never = try StakeChain(validators: [1000])
        never.harness.withhold(.mintVirtualStake)
        let release = VirtualStakingEvent.with {
            $0.released.validator = Account.validators[0].operatorText
            $0.released.amount = "1"
            $0.released.owed = "0"
        }
        try never.harness.when(recording: [release], of: VirtualStaking.self).thenFailed(.notGranted)
    }

    @Test("leaves no virtual stake, however many validators there are: a part in each block")
    func manyValidators() throws {
        let count = 520
        let chain = try chain(ofValidators: count)
        // An epoch bonds at 500 validators, and the next one at the others.
        #expect(try chain.totals().minted == "500000")
        try chain.nextEpoch()
        #expect(try chain.totals().minted == "520000")
        let outcome = try chain.revoke()
        #expect(outcome.events.of(HarnessEvent.self).allSatisfy { !$0.isFailure })
        #expect(outcome.events.moves.count == VirtualStaking.releasesMax)
        #expect(outcome.events.kinds.filter { $0 == "releases_postponed" }.count == 2)
        #expect(try chain.totals().owed == "320000")
        let limits = Execution.Limits()
        print("520 validators: the revocation takes \(outcome.workUsed) units, \(outcome.events.count) events")
        #expect(outcome.workUsed < limits.finalReactionWork / 2)
        #expect(try chain.next().ended.moves.count == 200)
        #expect(try chain.next().ended.moves.count == 120)
        #expect(try chain.totals().minted == "0")
        #expect(try chain.supply().offset == .zero)
        try chain.next()
        #expect((0..<count).allSatisfy { chain.power($0) == 1_000_000 })
    }

    @Test("succeeds however much others record of each release: what has no room follows at the ends of blocks")
    func followed() throws {
        let chain = try chain(
            ofValidators: 200,
            followers: [AcceptingNeighbour<StakingEvent>(), AcceptingNeighbour<BankEvent>()]
        )
        let outcome = try chain.revoke()
        #expect(outcome.events.of(HarnessEvent.self).allSatisfy { !$0.isFailure })
        let released = outcome.events.moves.count
        #expect(released >= 150 && released < 200)
        #expect(try chain.totals().owed == "\((200 - released) * 1000)")
        try chain.next()
        #expect(try chain.totals().minted == "0")
        #expect(try chain.supply().offset == .zero)
    }

    @Test("by the end of the pairing, or a cap that shrinks, is worked off in the same way, to the unit")
    func manyValidatorsShrink() throws {
        let count = 230
        let chain = try chain(ofValidators: count)
        let outcome = try chain.grant(115_000)
        #expect(outcome.events.moves.count == VirtualStaking.releasesMax)
        #expect(try chain.totals().owed == "15000")
        #expect(try chain.next().ended.moves.count == 30)
        #expect(try chain.minted(count) == [UInt64](repeating: 500, count: count))
        try chain.record(.with { $0.closed.virtualStaking = 1 }).thenSucceeded()
        #expect(try chain.totals().owed == "15000")
        try chain.next()
        #expect(try chain.totals().minted == "0")
    }
}
