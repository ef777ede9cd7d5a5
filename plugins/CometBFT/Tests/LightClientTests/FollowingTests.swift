import CometBFT
import CometBFTTesting
import LightClient
import Testing

@Suite("Following a chain")
struct FollowingTests {
    @Test("Bisection comes through a set that rotates wholly, with far fewer blocks than there are")
    func bisects() throws {
        let rotating = try RotatingChain(setSize: 12, height: 100)
        let provider = ClosureProvider(rotating.chain)
        var client = try rotating.client()
        #expect(try client.update(to: 100, now: rotating.now, from: provider) == .accepted)
        #expect(client.latest == rotating.chain.blocks[99])
        #expect(provider.questions < 40)
        // Each trusted header is one of the chain's.
        for header in client.history {
            #expect(rotating.chain.block(at: header.height)?.signedHeader.header == header)
        }
        #expect(client.header(at: 1) != nil && client.header(at: 100) != nil)
    }

    @Test("A set that changes from one block to the next is followed block by block")
    func walks() throws {
        var chain = TestChain(validators: try TestValidators(0..<4))
        for height in 1...10 as ClosedRange<UInt64> {
            try chain.append(next: TestValidators(height * 4..<height * 4 + 4))
        }
        let now = TestChain.standardStart.adding(seconds: 20)
        var client = try LightClientState(
            trusting: chain.blocks[0],
            options: VerificationOptions(trustingPeriod: .seconds(1000))
        )
        #expect(try client.update(now: now, from: ClosureProvider(chain)) == .accepted)
        #expect(client.history.map(\.height) == Array(1...10))
    }

    @Test("Nothing newer leaves the client as it was")
    func staysWhereItIs() throws {
        let rotating = try RotatingChain(height: 5)
        var client = try rotating.client()
        _ = try client.update(to: 5, now: rotating.now, from: ClosureProvider(rotating.chain))
        let before = client
        #expect(try client.update(now: rotating.now, from: ClosureProvider(rotating.chain)) == .unchanged)
        #expect(try client.update(to: 5, now: rotating.now, from: ClosureProvider(rotating.chain)) == .unchanged)
        #expect(try client.update(to: 1, now: rotating.now, from: ClosureProvider(rotating.chain)) == .unchanged)
        #expect(client == before)
        #expect(
            code { _ = try client.update(to: 0, now: rotating.now, from: ClosureProvider(rotating.chain)) }
                == .wrongHeight
        )
        #expect(
            code { _ = try client.update(to: .min, now: rotating.now, from: ClosureProvider(rotating.chain)) }
                == .wrongHeight
        )
    }

    @Test("A provider that answers with other heights, other chains or nothing is found out")
    func refusesWrongAnswers() throws {
        let rotating = try RotatingChain(height: 20)
        let chain = rotating.chain
        var client = try rotating.client()
        let before = client
        let other = try TestChain.of(chainID: "other", height: 20)
        let providers: [(ClosureProvider, LightClientError.Code)] = [
            (ClosureProvider { _ in chain.blocks[9] }, .wrongAnswer),
            (ClosureProvider { chain.block(at: ($0 ?? 20) - 1) }, .wrongAnswer),
            (ClosureProvider(other), .wrongChain),
            (ClosureProvider { _ in nil }, .providerFailed),
            (ClosureProvider { $0 == 20 ? chain.blocks[19] : nil }, .providerFailed),
            (ClosureProvider { $0 == 20 ? chain.blocks[19] : chain.blocks[1] }, .wrongAnswer),
        ]
        for (provider, expected) in providers {
            #expect(code { _ = try client.update(to: 20, now: rotating.now, from: provider) } == expected)
            #expect(client == before)
            #expect(provider.questions <= 2)
        }
    }

    @Test("A provider that makes up a chain with keys of its own comes nowhere")
    func refusesMadeUpChains() throws {
        let rotating = try RotatingChain(height: 20)
        var liar = TestChain(validators: try TestValidators(900..<904))
        try liar.grow(to: 20)
        var client = try rotating.client()
        let before = client
        #expect(code { _ = try client.update(now: rotating.now, from: ClosureProvider(liar)) } == .wrongHash)
        #expect(client == before)
    }

    @Test("What was verified before a provider's lie is kept")
    func keepsWhatIsVerified() throws {
        let rotating = try RotatingChain(height: 40)
        let chain = rotating.chain
        let lie = try TestChain.of(chainID: chain.chainID, height: 40)
        var client = try rotating.client()
        let provider = ClosureProvider { height in
            guard let height else { return chain.blocks[39] }
            return height > 10 && height < 40 ? lie.block(at: height) : chain.block(at: height)
        }
        #expect(code { _ = try client.update(to: 40, now: rotating.now, from: provider) } != nil)
        for header in client.history {
            #expect(chain.block(at: header.height)?.signedHeader.header == header)
        }
        #expect(try client.update(to: 40, now: rotating.now, from: ClosureProvider(chain)) == .accepted)
    }

    @Test("The number of questions is limited, and a second call goes on from there")
    func limitsSteps() throws {
        let rotating = try RotatingChain(height: 40)
        let provider = ClosureProvider(rotating.chain)
        var client = try rotating.client()
        var calls = 0
        while client.latest.height < 40, calls < 40 {
            calls += 1
            let thrown = code { _ = try client.update(to: 40, now: rotating.now, from: provider, stepLimit: 10) }
            #expect(thrown == nil || thrown == .tooManySteps)
        }
        #expect(calls > 1 && client.latest.height == 40)
        #expect(provider.questions <= calls * 10)
        var fresh = try rotating.client()
        #expect(
            code { _ = try fresh.update(to: 40, now: rotating.now, from: provider, stepLimit: 0) } == .tooManySteps
        )
    }

    @Test("A provider that never comes to an end does not keep the client for ever")
    func survivesEndlessProviders() throws {
        let rotating = try RotatingChain(height: 3)
        var client = try rotating.client()
        // Any height there may be, always of validators that nobody knows.
        let strangers = try TestValidators(700..<702)
        let provider = ClosureProvider { height in
            try? TestChain.block(of: height ?? .max, validators: strangers, chainID: "test-chain", now: rotating.now)
        }
        #expect(code { _ = try client.update(to: .max, now: rotating.now, from: provider) } == .wrongHash)
        #expect(provider.questions <= 64)
        #expect(client.latest.height == 1)
    }

    @Test("Headers below the trusted one are verified by their hashes")
    func goesBackwards() throws {
        let rotating = try RotatingChain(height: 20)
        let provider = ClosureProvider(rotating.chain)
        let client = try LightClientState(trusting: rotating.chain.blocks[19], options: rotating.options)
        for height in [1, 7, 19, 20] as [Int64] {
            let header = try client.verifiedHeader(at: height, from: provider)
            #expect(header == rotating.chain.block(at: height)?.signedHeader.header)
        }
        #expect(code { _ = try client.verifiedHeader(at: 21, from: provider) } == .wrongHeight)
        #expect(code { _ = try client.verifiedHeader(at: 0, from: provider) } == .wrongHeight)
        #expect(code { _ = try client.verifiedHeader(at: 1, from: provider, stepLimit: 18) } == .tooManySteps)
        let lie = ClosureProvider(try TestChain.of(chainID: "test-chain", height: 20))
        #expect(code { _ = try client.verifiedHeader(at: 19, from: lie) } == .wrongHash)
        let stuck = ClosureProvider { _ in rotating.chain.blocks[18] }
        #expect(code { _ = try client.verifiedHeader(at: 3, from: stuck) } == .wrongAnswer)
    }

    @Test("An expired client takes nothing, and at the very end of the period it has expired")
    func expires() throws {
        let rotating = try RotatingChain(height: 5)
        var client = try rotating.client()
        let end = TestChain.standardStart.adding(seconds: 1_000_000)
        #expect(client.status(now: end.adding(nanoseconds: -1)) == .active)
        #expect(client.status(now: end) == .expired)
        let before = client
        #expect(code { _ = try client.update(now: end, from: ClosureProvider(rotating.chain)) } == .expired)
        #expect(client == before)
        #expect(
            try client.update(now: end.adding(nanoseconds: -1), from: ClosureProvider(rotating.chain)) == .accepted
        )
    }

    @Test("The history keeps its limit and lets expired headers go, but never the latest")
    func forgets() throws {
        let rotating = try RotatingChain(height: 30)
        var client = try rotating.client(historyLimit: 5)
        _ = try client.update(to: 30, now: rotating.now, from: ClosureProvider(rotating.chain))
        #expect(client.history.count == 5 && client.history.last?.height == 30)

        var short = try LightClientState(
            trusting: rotating.chain.blocks[0],
            options: VerificationOptions(trustingPeriod: .seconds(10))
        )
        for height in 2...30 as ClosedRange<Int64> {
            let now = TestChain.standardStart.adding(seconds: height)
            _ = try short.update(to: height, now: now, from: ClosureProvider(rotating.chain))
        }
        // Block 21 is 20 s after the first one, and so 10 s old: it has just expired.
        #expect(short.history.map(\.height) == Array(22...30))
    }
}

extension TestChain {
    /// A chain of validators that no other test uses.
    static func of(chainID: String, height: Int64) throws -> TestChain {
        var chain = TestChain(chainID: chainID, validators: try TestValidators(800..<803))
        try chain.grow(to: height)
        return chain
    }

    /// A block of any height, signed by whoever is given, with nothing before it.
    static func block(
        of height: Int64,
        validators: TestValidators,
        chainID: String,
        now: BlockTime
    ) throws -> LightBlock {
        let header = try Header(
            version: Version(),
            chainID: chainID,
            height: height,
            time: now,
            lastBlockID: .nil,
            lastCommitHash: nil,
            dataHash: nil,
            validatorsHash: validators.set.hash,
            nextValidatorsHash: validators.set.hash,
            consensusHash: .ofNothing,
            appHash: [],
            lastResultsHash: nil,
            evidenceHash: nil,
            proposerAddress: validators.signers[0].address
        )
        let commit = try validators.commit(
            of: BlockID(hash: header.hash, parts: 1, partsHash: .ofNothing),
            height: height,
            time: now,
            chainID: chainID
        )
        return try LightBlock(
            signedHeader: SignedHeader(header: header, commit: commit),
            validators: validators.set
        )
    }
}
