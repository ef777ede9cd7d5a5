import CometBFT
import CometBFTTesting
import IBC
import Testing

@Suite("Misbehaviour")
struct MisbehaviourTests {
    let fixture: ClientFixture

    init() throws {
        fixture = try ClientFixture()
    }

    @Test("A valid second header of a known height freezes the client, which then takes nothing")
    func forkByUpdate() throws {
        var client = fixture.client
        #expect(try client.update(fixture.header(5), now: fixture.now) == .accepted)
        let fork = try fixture.fork(after: 4, to: 5)
        #expect(try client.update(fixture.header(5, of: fork), now: fixture.now) == .frozen)
        #expect(client.status(now: fixture.now) == .frozen)
        #expect(code { _ = try client.update(fixture.header(6), now: fixture.now) } == .frozen)
        // The first one stays.
        #expect(
            try client.consensusState(at: ClientFixture.height(5))
                == TendermintConsensusState(fixture.chain.blocks[4].signedHeader.header)
        )
        client.unfreeze()
        #expect(try client.update(fixture.header(6), now: fixture.now) == .accepted)
    }

    @Test("A header below a known one that is not earlier freezes the client")
    func timeBelow() throws {
        var client = fixture.client
        #expect(try client.update(fixture.header(6), now: fixture.now) == .accepted)
        let late = try fixture.fork(after: 4, to: 5, delay: 1)
        #expect(try client.update(fixture.header(5, of: late), now: fixture.now) == .frozen)
    }

    @Test("A header above a known one that is not later freezes the client")
    func timeAbove() throws {
        var client = fixture.client
        let late = try fixture.fork(after: 4, to: 5, delay: 5)
        #expect(try client.update(fixture.header(5, of: late), now: fixture.now) == .accepted)
        #expect(try client.update(fixture.header(10), now: fixture.now) == .frozen)
    }

    @Test("A forged second header does not freeze the client")
    func forgedFork() throws {
        var client = fixture.client
        #expect(try client.update(fixture.header(2), now: fixture.now) == .accepted)
        var forged = try ClientFixture.emptyChain()
        try forged.append(appHash: [1, 2, 3])
        try forged.append(appHash: [9]) { _ in .forged }
        #expect(code { _ = try client.update(fixture.header(2, of: forged), now: fixture.now) } == .invalidHeader)
        #expect(client.status(now: fixture.now) == .active)
    }

    @Test("A report of two headers of one height freezes a client that has seen neither")
    func reportOfFork() throws {
        var client = fixture.client
        let fork = try fixture.fork(after: 4, to: 7)
        let report = try TendermintMisbehaviour(first: fixture.header(7), second: fixture.header(7, of: fork))
        try client.freeze(for: report, now: fixture.now)
        #expect(client.status(now: fixture.now) == .frozen)
        #expect(code { try client.freeze(for: report, now: fixture.now) } == .frozen)
    }

    @Test("A report of times that run backwards freezes the client")
    func reportOfTimes() throws {
        var client = fixture.client
        let late = try fixture.fork(after: 4, to: 5, delay: 5)
        let report = try TendermintMisbehaviour(first: fixture.header(8), second: fixture.header(5, of: late))
        try client.freeze(for: report, now: fixture.now)
        #expect(client.state.isFrozen)
    }

    @Test("Reports that show nothing can't be made: the same header twice, two that follow, a wrong order, two chains")
    func noMisbehaviour() throws {
        let fifth = try fixture.header(5)
        let sixth = try fixture.header(6)
        #expect(code { _ = try TendermintMisbehaviour(first: fifth, second: fifth) } == .noMisbehaviour)
        #expect(code { _ = try TendermintMisbehaviour(first: sixth, second: fifth) } == .noMisbehaviour)
        #expect(code { _ = try TendermintMisbehaviour(first: fifth, second: sixth) } == .inconsistent)
        var other = TestChain(chainID: "other-4", validators: try TestValidators(0..<4))
        try other.grow(to: 5)
        let foreign = try fixture.header(5, of: other)
        #expect(code { _ = try TendermintMisbehaviour(first: fifth, second: foreign) } == .inconsistent)
    }

    @Test("Reports that would have convinced nobody are refused, and the client goes on")
    func unconvincing() throws {
        var client = fixture.client
        var weak = try ClientFixture.emptyChain()
        try weak.append(appHash: [1, 2, 3])
        try weak.append(appHash: [9]) { $0 == 0 ? .block : .absent }
        let honest = try fixture.header(2)
        let bad = try TendermintMisbehaviour(first: honest, second: fixture.header(2, of: weak))
        #expect(code { try client.freeze(for: bad, now: fixture.now) } == .notEnoughTrust)
        // Half of the power: more than the trust level, but nothing that the chain could have decided.
        var half = try ClientFixture.emptyChain()
        try half.append(appHash: [1, 2, 3])
        try half.append(appHash: [9]) { $0 < 2 ? .block : .absent }
        let undecided = try TendermintMisbehaviour(first: honest, second: fixture.header(2, of: half))
        #expect(code { try client.freeze(for: undecided, now: fixture.now) } == .invalidHeader)
        // Strangers who sign for themselves.
        var strangers = TestChain(chainID: ClientFixture.chainID, validators: try TestValidators(4..<8))
        try strangers.grow(to: 2)
        let foreign = try TendermintHeader(
            block: strangers.blocks[1],
            trustedHeight: ClientFixture.height(1),
            trustedValidators: fixture.chain.blocks[0].validators
        )
        let made = try TendermintMisbehaviour(first: honest, second: foreign)
        #expect(code { try client.freeze(for: made, now: fixture.now) } == .notEnoughTrust)
        // From a height that is not known.
        let fork = try fixture.fork(after: 4, to: 6)
        let unknown = try TendermintMisbehaviour(
            first: fixture.header(6, from: 4),
            second: fixture.header(6, from: 4, of: fork)
        )
        #expect(code { try client.freeze(for: unknown, now: fixture.now) } == .unknownHeight)
        #expect(client == fixture.client)
    }

    @Test("Nothing old enough to go unpunished freezes a client")
    func expiredReport() throws {
        let fork = try fixture.fork(after: 4, to: 6)
        let report = try TendermintMisbehaviour(first: fixture.header(6), second: fixture.header(6, of: fork))
        var client = fixture.client
        let late = TestChain.standardStart.adding(1000)
        #expect(code { try client.freeze(for: report, now: late) } == .expired)
        let first = try TendermintConsensusState(fixture.chain.blocks[0].signedHeader.header)
        #expect(code { try client.state.verify(report, first: first, second: first, now: late) } == .expired)
    }
}
