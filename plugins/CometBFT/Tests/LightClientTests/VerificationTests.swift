import CometBFT
import CometBFTTesting
import LightClient
import Testing

@Suite("Verification from a trusted header")
struct VerificationTests {
    let chain: TestChain
    let options: VerificationOptions
    let now: BlockTime

    init() throws {
        var chain = TestChain(validators: try TestValidators(0..<4))
        try chain.grow(to: 6)
        self.chain = chain
        options = try VerificationOptions(trustingPeriod: .seconds(100), maximumClockDrift: .seconds(10))
        now = TestChain.standardStart.adding(seconds: 10)
    }

    private func verdict(
        _ block: LightBlock,
        from height: Int = 1,
        options: VerificationOptions? = nil,
        now: BlockTime? = nil
    ) -> Verdict {
        TrustedState(chain.blocks[height - 1]).verify(block, options: options ?? self.options, now: now ?? self.now)
    }

    @Test("Any later block of an honest chain verifies")
    func acceptsHonestBlocks() {
        for height in 2...6 { #expect(verdict(chain.blocks[height - 1]).isSuccess) }
    }

    @Test("A block that is not above the trusted one is refused")
    func demandsHeight() {
        #expect(verdict(chain.blocks[2], from: 3).code == .wrongHeight)
        #expect(verdict(chain.blocks[1], from: 3).code == .wrongHeight)
    }

    @Test("A block that is not later than the trusted one is refused", arguments: [0, -1] as [Int64])
    func demandsTime(nanoseconds: Int64) throws {
        var fork = chain
        let time = TestChain.standardStart.adding(seconds: 5, nanoseconds: nanoseconds)
        let block = try fork.append(time: time)
        #expect(verdict(block, from: 6).code == .wrongTime)
        #expect(verdict(try fork.append(time: time), from: 6).code == .wrongTime)
    }

    @Test("A trusted header expires at the very end of the trusting period")
    func expires() {
        let end = TestChain.standardStart.adding(seconds: 100)
        #expect(verdict(chain.blocks[1], now: end).code == .expired)
        #expect(verdict(chain.blocks[1], now: end.adding(nanoseconds: -1)).isSuccess)
    }

    @Test("A block is from the future at the very end of the clock drift")
    func refusesTheFuture() {
        // Block 6 is 5 s after the first one.
        let edge = TestChain.standardStart.adding(seconds: -5)
        #expect(verdict(chain.blocks[5], now: edge).code == .fromTheFuture)
        #expect(verdict(chain.blocks[5], now: edge.adding(nanoseconds: 1)).isSuccess)
    }

    @Test("Without clock drift a block of this very moment is refused, as one from the future")
    func takesZeroDrift() throws {
        let options = try VerificationOptions(trustingPeriod: .seconds(100), maximumClockDrift: .zero)
        #expect(verdict(chain.blocks[5], options: options, now: chain.blocks[5].time).code == .fromTheFuture)
        #expect(verdict(chain.blocks[5], options: options, now: chain.blocks[5].time.adding(nanoseconds: 1)).isSuccess)
    }

    @Test("A block of another chain is refused, also with the same validators")
    func demandsTheChain() throws {
        var other = TestChain(chainID: "test-chain-2", validators: try TestValidators(0..<4))
        try other.grow(to: 4)
        #expect(verdict(other.blocks[1]).code == .wrongChain)
        #expect(verdict(other.blocks[3]).code == .wrongChain)
    }

    @Test("The next block must have the validators that the trusted header names, whoever signed it")
    func demandsNamedValidators() throws {
        // Half of the trusted set signs, which would be plenty after a gap.
        var lie = TestChain(validators: try TestValidators([(0, 1), (1, 1), (9, 1)]))
        try lie.grow(to: 3)
        #expect(verdict(lie.blocks[1]).code == .wrongHash)
        #expect(verdict(lie.blocks[2]).isSuccess)
    }

    @Test("After a gap, exactly the trust level is too little, one more is enough")
    func demandsTrust() throws {
        var trusted = TestChain(validators: try TestValidators([(0, 3), (1, 2), (2, 2), (3, 2)]))
        try trusted.grow(to: 1)
        let state = TrustedState(trusted.blocks[0])
        func verdict(_ overlap: UInt64...) throws -> Verdict {
            var later = TestChain(validators: try TestValidators(overlap.map { ($0, 5) } + [(50, 1)]))
            try later.grow(to: 3)
            return state.verify(later.blocks[2], options: options, now: now)
        }
        // 3 of 9 is a third.
        #expect(try verdict(0).code == .notEnoughTrust)
        #expect(try verdict(1).code == .notEnoughTrust)
        #expect(try verdict(1, 2).isSuccess)
        let strict = try VerificationOptions(trustLevel: .twoThirds, trustingPeriod: .seconds(100))
        var same = trusted
        try same.grow(to: 3)
        #expect(state.verify(same.blocks[2], options: strict, now: now).isSuccess)
        var later = TestChain(validators: try TestValidators([(1, 5), (2, 5), (3, 5)]))
        try later.grow(to: 3)
        #expect(state.verify(later.blocks[2], options: strict, now: now).code == .notEnoughTrust)
    }

    @Test("More than two thirds of the block's own power is demanded after a gap, too")
    func demandsOwnPower() throws {
        // Half signed: enough of the trusted set, too little of the block's own.
        var weak = TestChain(validators: try TestValidators(0..<4))
        try weak.append()
        let adjacent = try weak.append { $0 < 2 ? .block : .absent }
        let skipping = try weak.append { $0 < 2 ? .block : .nil }
        #expect(verdict(adjacent).code == .invalidCommit)
        #expect(verdict(skipping).code == .invalidCommit)
    }

    @Test("A forged signature makes a block invalid, not just little trusted")
    func refusesForgedSignatures() throws {
        var forged = TestChain(validators: try TestValidators(0..<4))
        try forged.append()
        let adjacent = try forged.append { $0 == 0 ? .forged : .block }
        let skipping = try forged.append { $0 == 0 ? .forged : .block }
        #expect(verdict(adjacent).code == .invalidCommit)
        #expect(verdict(skipping).code == .invalidCommit)
    }

    @Test("A trusted state is a header with a set that it names, as its own or as the next")
    func demandsTrustedValidators() throws {
        let next = try TestValidators(7..<9)
        var chain = TestChain(validators: try TestValidators(0..<4))
        let block = try chain.append(next: next)
        let header = block.signedHeader.header
        _ = try TrustedState(header: header, validators: block.validators)
        _ = try TrustedState(header: header, validators: next.set)
        #expect(
            code { _ = try TrustedState(header: header, validators: TestValidators(7..<10).set) } == .wrongHash
        )
    }

    @Test("A trusting period of zero and a negative drift are refused")
    func checksOptions() {
        #expect(code { _ = try VerificationOptions(trustingPeriod: .zero) } == .invalidOptions)
        #expect(code { _ = try VerificationOptions(trustingPeriod: .seconds(-1)) } == .invalidOptions)
        #expect(
            code {
                _ = try VerificationOptions(trustingPeriod: .seconds(1), maximumClockDrift: .nanoseconds(-1))
            } == .invalidOptions
        )
    }

    @Test("The longest periods and the farthest times overflow nothing")
    func isSafeAtTheLimits() throws {
        let options = try VerificationOptions(
            trustingPeriod: .seconds(Int64.max),
            maximumClockDrift: .seconds(Int64.max)
        )
        let end = try BlockTime(seconds: BlockTime.secondsRange.upperBound)
        for now in [BlockTime.zero, end] { #expect(verdict(chain.blocks[4], options: options, now: now).isSuccess) }
        #expect(verdict(chain.blocks[4], now: end).code == .expired)
        #expect(verdict(chain.blocks[4], now: .zero).code == .fromTheFuture)
    }
}
