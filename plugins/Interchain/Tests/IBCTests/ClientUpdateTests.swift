import CometBFT
import CometBFTTesting
import IBC
import LightClient
import Testing

@Suite("Updates of a client")
struct ClientUpdateTests {
    let fixture: ClientFixture

    init() throws {
        fixture = try ClientFixture()
    }

    @Test("Headers are taken in any order, also below the latest one, and again without effect")
    func updates() throws {
        var client = fixture.client
        #expect(try client.update(fixture.header(10), now: fixture.now) == .accepted)
        #expect(try client.update(fixture.header(5), now: fixture.now) == .accepted)
        #expect(try client.update(fixture.header(6, from: 5), now: fixture.now) == .accepted)
        let before = client
        #expect(try client.update(fixture.header(6, from: 5), now: fixture.now) == .unchanged)
        #expect(client == before)
        #expect(client.state.latestHeight == ClientFixture.height(10))
        #expect(client.consensusStates.entries.map(\.height.height) == [1, 5, 6, 10])
        #expect(
            try client.consensusState(at: ClientFixture.height(5))
                == TendermintConsensusState(fixture.chain.blocks[4].signedHeader.header)
        )
    }

    @Test("A header from a height that is not trusted, or with other validators, is refused")
    func demandsTrust() throws {
        var client = fixture.client
        #expect(code { _ = try client.update(fixture.header(5, from: 3), now: fixture.now) } == .unknownHeight)
        let strangers = try TestValidators(4..<8).set
        let wrong = try TendermintHeader(
            block: fixture.chain.blocks[4],
            trustedHeight: ClientFixture.height(1),
            trustedValidators: strangers
        )
        #expect(code { _ = try client.update(wrong, now: fixture.now) } == .invalidHeader)
        #expect(client == fixture.client)
    }

    @Test("Forged signatures, too few of them, and another chain's blocks are refused")
    func forgeries() throws {
        var client = fixture.client
        for ballots in [{ _ in .forged }, { $0 == 0 ? .block : .absent }, { $0 < 2 ? .block : .nil }]
            as [(Int) -> Ballot]
        {
            var forged = try ClientFixture.emptyChain()
            try forged.append(appHash: [1, 2, 3])
            try forged.append(appHash: [1, 2, 3])
            try forged.append(appHash: [1, 2, 3], ballots: ballots)
            let found = code { _ = try client.update(fixture.header(3, of: forged), now: fixture.now) }
            #expect(found == .invalidHeader || found == .notEnoughTrust)
        }
        var other = TestChain(chainID: "other-4", validators: try TestValidators(0..<4))
        try other.grow(to: 5)
        #expect(code { _ = try client.update(fixture.header(5, of: other), now: fixture.now) } == .invalidHeader)
        var revised = TestChain(chainID: "consumer-5", validators: try TestValidators(0..<4))
        try revised.grow(to: 5)
        #expect(code { _ = try fixture.header(5, of: revised) } == .inconsistent)
        #expect(client == fixture.client)
    }

    @Test("Too much change of validators over a gap is refused, and a header in between helps")
    func rotation() throws {
        var chain = try ClientFixture.emptyChain()
        try chain.append(next: TestValidators(4..<8), appHash: [1])
        try chain.append(next: TestValidators(8..<12), appHash: [1])
        try chain.append(appHash: [1])
        try chain.append(appHash: [1])
        var client = try TendermintClient(
            state: ClientFixture.state(),
            trusting: TendermintConsensusState(chain.blocks[0].signedHeader.header)
        )
        func header(_ height: Int64, from trusted: Int64) throws -> TendermintHeader {
            try TendermintHeader(
                block: #require(chain.block(at: height)),
                trustedHeight: ClientFixture.height(UInt64(trusted)),
                trustedValidators: #require(chain.block(at: trusted + 1)).validators
            )
        }
        let error = try #require(throws: IBCError.self) { _ = try client.update(header(4, from: 1), now: fixture.now) }
        #expect(error.code == .notEnoughTrust && error.isRetryable)
        #expect(try client.update(header(2, from: 1), now: fixture.now) == .accepted)
        #expect(try client.update(header(3, from: 2), now: fixture.now) == .accepted)
        #expect(try client.update(header(4, from: 3), now: fixture.now) == .accepted)
    }

    @Test("A header from the future waits, and an expired client takes nothing")
    func times() throws {
        var client = fixture.client
        let early = TestChain.standardStart.adding(-5)
        #expect(code { _ = try client.update(fixture.header(10), now: early) } == .fromTheFuture)
        let late = TestChain.standardStart.adding(1000)
        #expect(client.status(now: TestChain.standardStart.adding(999)) == .active)
        #expect(client.status(now: late) == .expired)
        #expect(code { _ = try client.update(fixture.header(10), now: late) } == .expired)
        #expect(client == fixture.client)
    }

    @Test("Consensus states are kept for the unbonding period, though the trusting period ends before")
    func pruning() throws {
        var chain = try ClientFixture.emptyChain()
        for step in [Int64(0), 900, 1800, 2000, 2001] {
            try chain.append(time: TestChain.standardStart.adding(step), appHash: [1])
        }
        var client = try TendermintClient(
            state: ClientFixture.state(),
            trusting: TendermintConsensusState(chain.blocks[0].signedHeader.header)
        )
        for height in Int64(2)...5 {
            let now = chain.blocks[Int(height) - 1].time
            let header = try fixture.header(height, from: height - 1, of: chain)
            #expect(try client.update(header, now: now) == .accepted)
            #expect((client.consensusStates[ClientFixture.height(1)] == nil) == (height == 5))
        }
        #expect(client.consensusStates.entries.map(\.height.height) == [2, 3, 4, 5])
        // Within the unbonding period, but not to be trusted any more.
        var other = try ClientFixture.emptyChain()
        for block in chain.blocks.dropLast() {
            try other.append(time: block.time, appHash: [1])
        }
        try other.append(time: TestChain.standardStart.adding(2002), appHash: [1])
        try other.append(time: TestChain.standardStart.adding(2003), appHash: [1])
        let header = try fixture.header(6, from: 2, of: other)
        #expect(code { _ = try client.update(header, now: TestChain.standardStart.adding(2004)) } == .expired)
    }
}
