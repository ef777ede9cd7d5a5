import BankEvents
import ConverterEvents
import ModuleKit
import Testing
import VirtualStaking
import VirtualStakingEvents

@testable import ModuleTesting

@Suite("The converter and the grant")
struct PairingTests {
    private func chain(_ pledges: [UInt64] = [500, 300]) throws -> StakeChain {
        let chain = try StakeChain(validators: [1000, 1000], cap: 10_000)
        try chain.pledge(pledges)
        try chain.nextEpoch()
        return chain
    }

    @Test("Power goes down in the same block as a pledge, rounded up, whatever the price", arguments: [false, true])
    func reduced(burns: Bool) throws {
        let chain = try chain()
        try chain.grant(700)
        #expect(try chain.minted(2) == [437, 262])
        try chain.price("silent")
        // 437 * 100 / 500 = 87.4
        #expect(try chain.reduce(100, of: 500, at: 0, burns: burns).thenSucceeded().events.moves == ["-88"])
        try chain.next()
        #expect(chain.power(0) == 1349)
        #expect(try chain.reduce(400, of: 400, at: 0, burns: burns).thenSucceeded().events.moves == ["-349"])
        #expect(try chain.minted(2) == [0, 262])
    }

    @Test("A reduction of nothing, or at a validator without stake, lets go of nothing; one of too much is refused")
    func odd() throws {
        let chain = try chain()
        #expect(try chain.reduce(0, of: 500, at: 0, burns: true).thenSucceeded().events.kinds.isEmpty)
        try chain.pledge(50, to: 7)
        #expect(try chain.reduce(50, of: 50, at: 7).thenSucceeded().events.kinds.isEmpty)
        try chain.reduce(300, of: 299, at: 1).thenFailed(.inconsistentConverter)
        #expect(try chain.minted(2) == [500, 300])
    }

    @Test("What another converter says means nothing")
    func stranger() throws {
        let chain = try StakeChain(validators: [1000], cap: 1000, epoch: 4, pairs: 2)
        try chain.pledge([300])
        try chain.nextEpoch()
        let event = ConverterEvent.with { $0.closed.virtualStaking = 1 }
        let outcome = try chain.harness.when(recording: [event], of: StandInConverter<SecondPlace>.self)
        #expect(try outcome.thenSucceeded().events.kinds.isEmpty)
        #expect(try chain.minted(1) == [300])
    }

    @Test("When the pairing closes, everything is let go at once, and nothing is ever bonded again")
    func closed() throws {
        let chain = try chain()
        let outcome = try chain.record(.with { $0.closed.virtualStaking = 1 }).thenSucceeded()
        #expect(outcome.events.moves == ["-500", "-300"])
        #expect(outcome.events.kinds.filter { $0 == "burned" }.count == 1)
        let totals = try chain.totals()
        #expect(totals.isClosed && totals.minted == "0")
        #expect(try !chain.harness.query(.with { $0.authorisation = .init() }).authorisation.isAuthorised)
        #expect(try chain.nextEpoch().began.kinds.isEmpty)
        try chain.next()
        #expect((0..<2).map(chain.power) == [1000, 1000])
    }

    @Test("A lower cap shrinks the stake in the same block; a higher one waits for the epoch; the cap is told")
    func capped() throws {
        let chain = try chain()
        let lowered = try chain.grant(400)
        #expect(lowered.events.moves == ["-250", "-150"])
        #expect(lowered.events.kinds.first == "cap_changed")
        #expect(try chain.grant(600).events.kinds == ["cap_changed"])
        #expect(try chain.grant(600).events.kinds.isEmpty)
        #expect(try chain.nextEpoch().began.moves == ["+125", "+75"])
        let answer = try chain.harness.query(.with { $0.authorisation = .init() }).authorisation
        #expect(answer.isAuthorised && answer.cap == "600" && answer.minted == "600" && answer.converter == "converter")
    }

    @Test("A revocation lets go of everything in that block, and so does a cap of zero", arguments: [false, true])
    func revoked(isRevoked: Bool) throws {
        let chain = try chain()
        let outcome =
            isRevoked ? try chain.harness.when(revoking: .mintVirtualStake).thenSucceeded() : try chain.grant(0)
        #expect(outcome.events.moves == ["-500", "-300"])
        #expect(outcome.events.kinds.filter { $0 == "cap_changed" }.count == 1)
        #expect(outcome.events.of(HarnessEvent.self).allSatisfy { !$0.isFailure })
        try chain.next()
        #expect((0..<2).map(chain.power) == [1000, 1000])
        #expect(try chain.supply().offset == .zero)
        #expect(try chain.nextEpoch().began.kinds.isEmpty)
        // A new grant starts from what is pledged.
        try chain.grant(1000)
        #expect(try chain.nextEpoch().began.moves == ["+500", "+300"])
    }

    @Test("A grant of another instance or privilege means nothing")
    func otherGrants() throws {
        let chain = try StakeChain(validators: [1000], pairs: 2)
        try chain.grant(500, to: chain.second)
        try chain.harness.when(granting: Privilege("bank/mint"), cap: Amount(7)).thenSucceeded()
        #expect(try chain.totals().cap == "0")
    }
}

extension HarnessEvent {
    /// Whether something failed and was rolled back alone.
    var isFailure: Bool {
        switch event {
        case .hookFailed, .reactionFailed: true
        default: false
        }
    }
}
