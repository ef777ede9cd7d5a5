import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import VirtualStakingEvents

/// Virtual stake leaves at once. What it would have had to pay of a slash for an infraction before, its owners pay on the
/// provider's chain, and nobody on this one.
@Suite("A slash after virtual stake has left")
struct LiabilityTests {
    /// A validator with so much stake of its own and so much virtual stake, and another one.
    private func chain(own: UInt64 = 1000, pledged: UInt64 = 19_000) throws -> StakeChain {
        let chain = try StakeChain(validators: [own, 1000], cap: 100_000)
        try chain.pledge([pledged])
        try chain.nextEpoch()
        try chain.next()
        #expect(chain.power(0) == own + pledged)
        return chain
    }

    private func left(_ chain: StakeChain) throws -> String { try chain.stake(0).tokens }

    @Test("by an unstake takes from the real delegators their own part alone", arguments: [1000, 100] as [UInt64])
    func unstaked(own: UInt64) throws {
        let chain = try chain(own: own)
        let infraction = try chain.slash(0, "0.05")
        try chain.next()
        try chain.reduce(19_000, of: 19_000, at: 0).thenSucceeded()
        try chain.next()
        #expect(chain.power(0) == own)
        try chain.punish(infraction)
        #expect(try left(chain) == String(own - own / 20))
    }

    @Test("by a jail in between takes from the real delegators their own part alone")
    func jailed() throws {
        let chain = try chain()
        let infraction = try chain.slash(0, "0.05")
        try chain.next()
        try chain.punish(chain.jail(0))
        try chain.next()
        try chain.punish(infraction)
        #expect(try left(chain) == "950")
    }

    @Test("by a revocation in the same block as the evidence takes from the real delegators their own part alone")
    func revoked() throws {
        let chain = try chain()
        let infraction = try chain.slash(0, "0.05")
        try chain.next()
        try chain.revoke()
        try chain.punish(infraction)
        #expect(try left(chain) == "950")
    }

    @Test("in the block of the infraction itself takes from the real delegators their own part alone")
    func sameBlock() throws {
        let chain = try chain()
        let infraction = try chain.slash(0, "0.05")
        try chain.reduce(19_000, of: 19_000, at: 0).thenSucceeded()
        try chain.punish(infraction)
        #expect(try left(chain) == "950")
    }

    @Test("in part takes their part from the real delegators and from the virtual stake that is left")
    func inPart() throws {
        let chain = try chain()
        let infraction = try chain.slash(0, "0.05")
        try chain.next()
        try chain.reduce(9_000, of: 19_000, at: 0).thenSucceeded()
        try chain.punish(infraction)
        #expect(try left(chain) == "10450")
        #expect(try chain.minted(2) == [9_500, 0])
    }

    @Test("that had come only after the infraction takes all from those who were there")
    func cameAfter() throws {
        let chain = try StakeChain(validators: [1000, 1000], cap: 100_000)
        let infraction = try chain.slash(0, "0.05")
        try chain.pledge([19_000])
        try chain.nextEpoch()
        try chain.reduce(19_000, of: 19_000, at: 0).thenSucceeded()
        try chain.punish(infraction)
        #expect(try left(chain) == "950")
    }

    @Test("for two infractions takes their part twice from the real delegators, and no more")
    func twice() throws {
        let chain = try chain()
        let first = try chain.slash(0, "0.05")
        try chain.next()
        let second = try chain.slash(0, "0.1")
        try chain.next()
        try chain.reduce(19_000, of: 19_000, at: 0).thenSucceeded()
        try chain.punish(first)
        try chain.punish(second)
        #expect(try left(chain) == "850")
    }
}
