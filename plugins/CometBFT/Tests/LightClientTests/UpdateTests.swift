import CometBFT
import CometBFTTesting
import LightClient
import Testing

@Suite("Updates by relayers")
struct UpdateTests {
    let chain: TestChain
    let options: VerificationOptions
    let now: BlockTime

    init() throws {
        var chain = TestChain(validators: try TestValidators(0..<4))
        try chain.grow(to: 10)
        self.chain = chain
        options = try VerificationOptions(trustingPeriod: .seconds(1000))
        now = TestChain.standardStart.adding(seconds: 20)
    }

    private func update(_ block: LightBlock, from height: Int64 = 1, in chain: TestChain? = nil) throws -> ClientUpdate
    {
        let trusted = try #require((chain ?? self.chain).block(at: height))
        return ClientUpdate(block: block, trustedHeight: height, trustedValidators: trusted.validators)
    }

    @Test("Blocks are taken in any order, also below the latest one")
    func fillsGaps() throws {
        var client = try LightClientState(trusting: chain.blocks[0], options: options)
        #expect(try client.apply(update(chain.blocks[9]), now: now) == .accepted)
        #expect(try client.apply(update(chain.blocks[4]), now: now) == .accepted)
        #expect(try client.apply(update(chain.blocks[6], from: 5), now: now) == .accepted)
        #expect(try client.apply(update(chain.blocks[6], from: 5), now: now) == .unchanged)
        #expect(client.history.map(\.height) == [1, 5, 7, 10])
        #expect(client.latest == chain.blocks[9])
    }

    @Test("An update from a height that is not trusted, or with other validators, is refused")
    func demandsTrustedHeight() throws {
        var client = try LightClientState(trusting: chain.blocks[0], options: options)
        #expect(code { _ = try client.apply(update(chain.blocks[4], from: 3), now: now) } == .unknownHeight)
        let strangers = try TestValidators(4..<8).set
        let wrong = ClientUpdate(block: chain.blocks[4], trustedHeight: 1, trustedValidators: strangers)
        #expect(code { _ = try client.apply(wrong, now: now) } == .wrongHash)
        for height in [0, -1, Int64.max, Int64.min] {
            let wrong = ClientUpdate(block: chain.blocks[4], trustedHeight: height, trustedValidators: strangers)
            #expect(code { _ = try client.apply(wrong, now: now) } == .unknownHeight)
        }
        #expect(client.history.count == 1)
    }

    @Test("A block that its own validators did not sign can't start a client")
    func demandsASignedStart() throws {
        var weak = TestChain(validators: try TestValidators(0..<4))
        let block = try weak.append { $0 == 0 ? .block : .absent }
        #expect(code { _ = try LightClientState(trusting: block, options: options) } == .invalidCommit)
        #expect(
            code { _ = try LightClientState(trusting: chain.blocks[0], options: options, historyLimit: 0) }
                == .invalidOptions
        )
    }

    @Test("A valid second header of a trusted height freezes the client, and it stays frozen")
    func freezesOnForks() throws {
        var client = try LightClientState(trusting: chain.blocks[0], options: options)
        _ = try client.apply(update(chain.blocks[4]), now: now)
        var fork = TestChain(validators: try TestValidators(0..<4))
        try fork.grow(to: 4)
        let other = try fork.append(appHash: [1])
        guard case .frozen(let misbehaviour) = try client.apply(update(other), now: now) else {
            Issue.record("a fork was not noticed")
            return
        }
        #expect(misbehaviour.kind == .fork)
        #expect(misbehaviour.first.block == chain.blocks[4])
        #expect(misbehaviour.second.block == other)
        #expect(client.status(now: now) == .frozen && client.misbehaviour == misbehaviour)
        #expect(code { _ = try client.apply(update(chain.blocks[9]), now: now) } == .frozen)
        #expect(code { _ = try client.update(now: now, from: ClosureProvider(chain)) } == .frozen)
        #expect(code { _ = try client.verifiedHeader(at: 1, from: ClosureProvider(chain)) } == .frozen)
        #expect(code { _ = try client.crossCheck(with: ClosureProvider(chain), now: now) } == .frozen)
    }

    @Test("A second header that does not verify freezes nothing")
    func doesNotFreezeOnLies() throws {
        var client = try LightClientState(trusting: chain.blocks[0], options: options)
        _ = try client.apply(update(chain.blocks[4]), now: now)
        let before = client
        var fork = TestChain(validators: try TestValidators(0..<4))
        try fork.grow(to: 4)
        let weak = try fork.append(appHash: [1]) { $0 < 2 ? .block : .absent }
        #expect(code { _ = try client.apply(update(weak), now: now) } == .invalidCommit)
        #expect(client == before)
    }

    @Test("A valid header between two others, whose time does not lie between theirs, freezes the client")
    func freezesOnTime() throws {
        for seconds in [0, 1, 9, 12] as [Int64] {
            var client = try LightClientState(trusting: chain.blocks[0], options: options)
            _ = try client.apply(update(chain.blocks[4]), now: now)
            _ = try client.apply(update(chain.blocks[9]), now: now)
            var fork = TestChain(validators: try TestValidators(0..<4))
            try fork.grow(to: 6)
            let block = try fork.append(time: TestChain.standardStart.adding(seconds: seconds, nanoseconds: 1))
            // Later than block 5 (4 s) and earlier than block 10 (9 s) it would just fill the gap.
            let outcome = try client.apply(update(block), now: now)
            guard case .frozen(let misbehaviour) = outcome else {
                Issue.record("time running backwards was not noticed: \(seconds) s")
                continue
            }
            #expect(misbehaviour.kind == .timeNotMonotonic)
            #expect(misbehaviour.first.header.height == (seconds < 4 ? 5 : 10))
            #expect((misbehaviour.first.block == nil) == (seconds < 4))
        }
    }
}
