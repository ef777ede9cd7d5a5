import CometBFT
import CometBFTTesting
import Testing

@Suite("Evidence of light client attacks")
struct LightClientAttackTests {
    /// Four validators; the chain stands at height 5, and 3 is the last height on which everybody agrees.
    let validators: TestValidators
    let chain: TestChain
    let fork: TestChain

    init() throws {
        validators = try TestValidators([(1, 10), (2, 20), (3, 30), (4, 40)])
        var chain = TestChain(chainID: "chain-1", validators: validators)
        try chain.grow(to: 3)
        fork = chain
        try chain.grow(to: 5)
        self.chain = chain
    }

    private func block(_ height: Int64, of chain: TestChain) throws -> LightBlock {
        try #require(chain.block(at: height))
    }

    private func evidence(
        _ conflicting: LightBlock,
        trusted: Int64 = 4,
        in chain: TestChain? = nil
    ) throws -> LightClientAttackEvidence {
        let chain = chain ?? self.chain
        return try LightClientAttackEvidence(
            conflictingBlock: conflicting,
            common: block(3, of: chain),
            trusted: block(trusted, of: chain)
        )
    }

    private func verify(
        _ evidence: LightClientAttackEvidence,
        trusted: Int64 = 4,
        in chain: TestChain? = nil
    ) throws -> LightClientAttack {
        let chain = chain ?? self.chain
        let common = try block(evidence.commonHeight, of: chain)
        return try evidence.verify(
            chainID: "chain-1",
            common: common.signedHeader,
            commonValidators: common.validators,
            trusted: block(trusted, of: chain).signedHeader
        )
    }

    private func code(_ body: () throws -> LightClientAttack) -> VerificationError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? VerificationError)?.code
        }
    }

    @Test("A made-up state is a lunatic attack of all of the common set who signed it")
    func findsLunatics() throws {
        var fork = fork
        let conflicting = try fork.append(appHash: [1]) { $0 == 3 ? .absent : .block }
        let evidence = try evidence(conflicting)
        #expect(try verify(evidence) == .lunatic)
        #expect(evidence.commonHeight == 3)
        #expect(evidence.byzantineValidators.map(\.power) == [40, 30, 20])
    }

    @Test("Of a made-up validator set, only those who stood in the common set are to blame")
    func findsLunaticsAmongStrangers() throws {
        // The fork names strangers for height 4 together with two of the common set, who hold half of its power.
        let mixed = try TestValidators([(1, 10), (4, 40), (100, 500)])
        var lunatic = TestChain(chainID: "chain-1", validators: mixed)
        try lunatic.grow(to: 5)
        let evidence = try evidence(block(5, of: lunatic), trusted: 5)
        #expect(try verify(evidence, trusted: 5) == .lunatic)
        #expect(evidence.byzantineValidators.map(\.power) == [40, 10])
    }

    @Test("Two blocks of one round are an equivocation of those who signed both")
    func findsEquivocation() throws {
        var trusted = fork
        try trusted.append { $0 == 3 ? .absent : .block }
        var fork = fork
        // The time is the proposer's choice, so such a block could have been.
        let conflicting = try fork.append(time: BlockTime(seconds: TestChain.standardStart.seconds + 7)) {
            $0 == 2 ? .nil : .block
        }
        let evidence = try evidence(conflicting, in: trusted)
        #expect(try verify(evidence, in: trusted) == .equivocation)
        #expect(evidence.commonHeight == 4)
        #expect(evidence.byzantineValidators.map(\.power) == [40, 30])
    }

    @Test("Two blocks of different rounds are amnesia, and nobody is to blame")
    func findsAmnesia() throws {
        var fork = fork
        let conflicting = try fork.append(time: BlockTime(seconds: TestChain.standardStart.seconds + 7), round: 1)
        let evidence = try evidence(conflicting)
        #expect(try verify(evidence) == .amnesia)
        #expect(evidence.byzantineValidators.isEmpty)
    }

    @Test("A block above the chain is an attack only if its time is not later than the chain's")
    func findsForwardLunatics() throws {
        var fork = fork
        let start = TestChain.standardStart.seconds
        for height in 4...9 {
            try fork.append(time: BlockTime(seconds: start + 2, nanoseconds: Int32(height)), appHash: [1])
        }
        let early = try evidence(block(9, of: fork), trusted: 5)
        #expect(try verify(early, trusted: 5) == .lunatic)
        var honest = chain
        try honest.grow(to: 9)
        let late = try evidence(block(9, of: honest), trusted: 5)
        #expect(code { try verify(late, trusted: 5) } == .noConflict)
    }

    @Test("The chain's own block is no attack")
    func refusesTheChainsOwn() throws {
        let own = try evidence(block(4, of: chain))
        #expect(code { try verify(own) } == .noConflict)
    }

    @Test("Nobody is accused by a signature that does not verify")
    func refusesForgedAccusations() throws {
        // The power of the other three is enough for the thresholds; the forged entry would frame the one with 10.
        var fork = fork
        let lunatic = try fork.append(appHash: [1]) { $0 == 3 ? .forged : .block }
        #expect(code { try verify(evidence(lunatic)) } == .invalidSignature)

        // In an equivocation the other side of the accusation is the chain's own commit.
        var trusted = self.fork
        try trusted.append { $0 == 3 ? .forged : .block }
        var other = self.fork
        let conflicting = try other.append(time: BlockTime(seconds: TestChain.standardStart.seconds + 7))
        #expect(code { try verify(evidence(conflicting, in: trusted), in: trusted) } == .invalidSignature)

        // And an entry of the conflicting block which the threshold of two thirds would not need.
        var framing = self.fork
        let framed = try framing.append(time: BlockTime(seconds: TestChain.standardStart.seconds + 7)) {
            $0 == 3 ? .forged : .block
        }
        #expect(code { try verify(evidence(framed)) } == .invalidSignature)
    }

    @Test("A block that too few signed is no evidence")
    func demandsPower() throws {
        var fork = fork
        let weak = try fork.append(appHash: [1]) { $0 == 0 ? .absent : .block }
        #expect(code { try verify(evidence(weak)) } == .notEnoughPower)
        let strangers = try TestValidators([(4, 10), (100, 1)])
        var foreign = TestChain(chainID: "chain-1", validators: strangers)
        try foreign.grow(to: 4)
        let framed = try block(4, of: foreign)
        // The one of the common set signed with 40 of 100: more than a third. Without it nothing holds.
        #expect(try verify(evidence(framed)) == .lunatic)
        let none = TestChain(chainID: "chain-1", validators: try TestValidators(100..<104))
        var unknown = none
        try unknown.grow(to: 4)
        #expect(code { try verify(evidence(block(4, of: unknown))) } == .notEnoughPower)
    }

    @Test("What the evidence states has to be so")
    func checksStatements() throws {
        var fork = fork
        let conflicting = try fork.append(appHash: [1])
        let good = try evidence(conflicting)
        func stating(
            _ accused: [Validator]? = nil,
            total: Int64 = 100,
            time: BlockTime? = nil,
            common: Int64 = 3
        ) throws -> LightClientAttackEvidence {
            try LightClientAttackEvidence(
                conflictingBlock: conflicting,
                commonHeight: common,
                byzantineValidators: accused ?? good.byzantineValidators,
                totalVotingPower: total,
                timestamp: time ?? good.timestamp
            )
        }
        #expect(code { try verify(stating()) } == nil)
        #expect(code { try verify(stating([])) } == .wrongStatement)
        #expect(code { try verify(stating(good.byzantineValidators.reversed())) } == .wrongStatement)
        let inflated = try good.byzantineValidators.map { try Validator(key: $0.key, power: $0.power + 1) }
        #expect(code { try verify(stating(inflated)) } == .wrongStatement)
        #expect(code { try verify(stating(total: 101)) } == .wrongStatement)
        #expect(code { try verify(stating(time: .zero)) } == .wrongStatement)
        let fourth = try block(4, of: chain)
        #expect(code { try verify(stating(time: fourth.time, common: 4)) } == .wrongStatement)
    }

    @Test("Headers of other chains, heights and sets are refused")
    func checksWhatIsGiven() throws {
        var fork = fork
        let evidence = try evidence(fork.append(appHash: [1]))
        let common = try block(3, of: chain)
        let trusted = try block(4, of: chain).signedHeader
        func code(
            chainID: String = "chain-1",
            common: LightBlock? = nil,
            validators: ValidatorSet? = nil,
            trusted other: SignedHeader? = nil
        ) throws -> VerificationError.Code? {
            let third = try block(3, of: chain)
            return self.code {
                try evidence.verify(
                    chainID: chainID,
                    common: (common ?? third).signedHeader,
                    commonValidators: validators ?? third.validators,
                    trusted: other ?? trusted
                )
            }
        }
        #expect(try code() == nil)
        #expect(try code(chainID: "chain-2") == .wrongChain)
        #expect(try code(common: block(2, of: chain)) == .wrongHeight)
        #expect(try code(validators: TestValidators(0..<4).set) == .wrongHash)
        #expect(try code(trusted: block(5, of: chain).signedHeader) == .wrongHeight)
        #expect(common.height == evidence.commonHeight)
    }
}
