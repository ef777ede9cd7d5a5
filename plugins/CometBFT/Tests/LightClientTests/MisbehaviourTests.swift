import CometBFT
import CometBFTTesting
import LightClient
import Testing

@Suite("Misbehaviour")
struct MisbehaviourTests {
    let base: TestChain
    let client: LightClientState
    let now = TestChain.standardStart.adding(seconds: 20)

    init() throws {
        var chain = TestChain(validators: try TestValidators(0..<4))
        try chain.grow(to: 4)
        base = chain
        client = try LightClientState(
            trusting: chain.blocks[0],
            options: VerificationOptions(trustingPeriod: .seconds(1000))
        )
    }

    private func report(_ first: LightBlock, _ second: LightBlock, from height: Int64 = 1) -> MisbehaviourReport {
        let validators = base.blocks[0].validators
        return MisbehaviourReport(
            first: ClientUpdate(block: first, trustedHeight: height, trustedValidators: validators),
            second: ClientUpdate(block: second, trustedHeight: height, trustedValidators: validators)
        )
    }

    @Test("Two valid headers of one height freeze the client, in either order")
    func findsForks() throws {
        var left = base
        var right = base
        let first = try left.append(appHash: [1])
        let second = try right.append(appHash: [2])
        for report in [report(first, second), report(second, first)] {
            var client = client
            let found = try client.checkMisbehaviour(report, now: now)
            #expect(found.kind == .fork)
            #expect(client.misbehaviour == found && client.status(now: now) == .frozen)
            #expect(code { try client.checkMisbehaviour(report, now: now) } == .frozen)
        }
    }

    @Test("A higher header that is not later freezes the client, in either order", arguments: [0, -1] as [Int64])
    func findsTimeViolations(nanoseconds: Int64) throws {
        var other = base
        try other.append(appHash: [1])
        let time = base.blocks[3].time.adding(nanoseconds: nanoseconds)
        let higher = try other.append(time: time)
        for report in [report(base.blocks[3], higher), report(higher, base.blocks[3])] {
            var client = client
            #expect(try client.checkMisbehaviour(report, now: now).kind == .timeNotMonotonic)
        }
    }

    @Test("Two headers that may both be are no misbehaviour")
    func demandsContradiction() throws {
        var client = client
        #expect(
            code { try client.checkMisbehaviour(report(base.blocks[2], base.blocks[3]), now: now) } == .noMisbehaviour
        )
        #expect(
            code { try client.checkMisbehaviour(report(base.blocks[3], base.blocks[3]), now: now) } == .noMisbehaviour
        )
        #expect(client.misbehaviour == nil)
    }

    @Test("A report with a header that would convince nobody freezes nothing")
    func demandsSignatures() throws {
        var other = base
        let good = try other.append(appHash: [1])
        let expectations: [(LightClientError.Code, (inout TestChain) throws -> LightBlock)] = [
            (.invalidCommit, { try $0.append { $0 < 2 ? .absent : .block } }),
            (.invalidCommit, { try $0.append { $0 == 0 ? .forged : .block } }),
            (
                .notEnoughTrust,
                { chain in
                    chain = try TestChain.of(chainID: "test-chain", height: 4)
                    return try chain.append()
                }
            ),
            (
                .invalidCommit,
                { chain in
                    var foreign = TestChain(chainID: "another", validators: try TestValidators(0..<4))
                    try foreign.grow(to: 4)
                    return try foreign.append()
                }
            ),
        ]
        for (expected, make) in expectations {
            var fork = base
            let bad = try make(&fork)
            for report in [report(good, bad), report(bad, good)] {
                var client = client
                #expect(code { try client.checkMisbehaviour(report, now: now) } == expected)
                #expect(client == self.client)
            }
        }
    }

    @Test("A report from an unknown, a higher or an expired height is refused")
    func demandsTrustedHeights() throws {
        var left = base
        var right = base
        let first = try left.append(appHash: [1])
        let second = try right.append(appHash: [2])
        var client = client
        #expect(
            code { try client.checkMisbehaviour(report(first, second, from: 2), now: now) } == .unknownHeight
        )
        #expect(
            code { try client.checkMisbehaviour(report(base.blocks[0], base.blocks[0]), now: now) } == .noMisbehaviour
        )
        var early = TestChain(validators: try TestValidators(0..<4))
        let other = try early.append(appHash: [1])
        #expect(
            code { try client.checkMisbehaviour(report(other, base.blocks[0]), now: now) } == .wrongHeight
        )
        let late = now.adding(seconds: 2000)
        #expect(code { try client.checkMisbehaviour(report(first, second), now: late) } == .expired)
    }

    @Test("A witness with the same block agrees")
    func agrees() throws {
        var client = client
        _ = try client.update(now: now, from: ClosureProvider(base))
        #expect(try client.crossCheck(with: ClosureProvider(base), now: now) == .agrees)
        #expect(client.misbehaviour == nil)
    }

    @Test("A witness with another valid block uncovers an attack, and evidence can be built from it")
    func uncoversAttacks() throws {
        var lunatic = base
        try lunatic.append(appHash: [1])
        try lunatic.grow(to: 9)
        var honest = base
        try honest.grow(to: 9)
        var client = client
        _ = try client.update(to: 4, now: now, from: ClosureProvider(honest))
        _ = try client.update(to: 9, now: now, from: ClosureProvider(lunatic))
        guard
            case .attack(let found, let common) = try client.crossCheck(with: ClosureProvider(honest), now: now)
        else {
            Issue.record("the attack was not noticed")
            return
        }
        #expect(client.misbehaviour == found)
        #expect(found.kind == .fork && common.height == 4)
        let conflicting = try #require(found.first.block)
        let trusted = try #require(found.second.block)
        let evidence = try LightClientAttackEvidence(
            conflictingBlock: conflicting,
            common: common,
            trusted: trusted
        )
        let kind = try evidence.verify(
            chainID: "test-chain",
            common: honest.blocks[Int(evidence.commonHeight) - 1].signedHeader,
            commonValidators: honest.blocks[Int(evidence.commonHeight) - 1].validators,
            trusted: honest.blocks[8].signedHeader
        )
        #expect(kind == .equivocation || kind == .lunatic)
        #expect(evidence.byzantineValidators.count == 4)
    }

    @Test("A witness that lies is refused, and the client goes on")
    func refusesLyingWitnesses() throws {
        var client = client
        _ = try client.update(to: 4, now: now, from: ClosureProvider(base))
        let before = client
        let honest = base
        let foreign = try TestChain.of(chainID: "test-chain", height: 4)
        #expect(code { _ = try client.crossCheck(with: ClosureProvider(foreign), now: now) } == .noAgreement)
        let mixed = ClosureProvider { $0 == 1 ? honest.blocks[0] : foreign.block(at: $0 ?? 4) }
        #expect(code { _ = try client.crossCheck(with: mixed, now: now) } == .wrongHash)
        #expect(code { _ = try client.crossCheck(with: ClosureProvider { _ in nil }, now: now) } == .providerFailed)
        #expect(client == before)
        // The same witness, asked for something newer, does not agree either.
        #expect(code { _ = try client.update(now: now, from: ClosureProvider(foreign)) } == .noAgreement)
    }
}
