import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// The vault refuses no settlement, and nobody else is offered it but a module of the chain that hears of everything.
@Suite("Settlements that fail")
struct FailedSettlementTests {
    @Test(
        "One that fails is recorded and tried again, holds nobody else back, and its user withdraws nothing meanwhile",
        arguments: [.unauthorized, .limitExceeded, .outOfWork] as [ModuleError.Code]
    )
    func retried(code: ModuleError.Code) throws {
        let end = HarnessOptions().genesisTime.saturatingAdding(.hours(3))
        let chain = try StakingChain.ready(neighbours: [Objector(to: [.named("alice")], until: end, code)])
        try chain.staked(100)
        try chain.staked(30, on: "v2")
        try chain.acknowledge(try chain.unstake(30, from: "v2"))
        try chain.staked(100, of: chain.bob)
        try chain.infract()
        var packets = 0
        for _ in 1...3 {
            // The wait is over each time.
            let ended = try chain.harness.nextBlock(after: .minutes(4))
            let failures = ended.failedSettlements
            #expect(ended.failures.isEmpty)
            #expect(failures.map(\.stake.owner) == [chain.text(chain.alice)])
            #expect(failures.first?.error.hasPrefix("\(code): ") == true)
            packets += ended.ended.filter { $0.kind.name == "burn_sent" }.count
        }
        // The walk is over, and bob has paid.
        #expect(try chain.offender().settled)
        #expect(try chain.collateral(of: chain.bob) == "980")
        #expect(packets == 1)
        // Alice owes, is listed, and nothing of what she has is free: not on another validator either.
        #expect(try chain.isSettling)
        #expect(try chain.liabilities().map { "\($0.paid) \($0.due)" } == ["0 20"])
        #expect(try chain.collateral() == "1000")
        try chain.nextBlock(after: StakingChain.period)
        try chain.harness.when(.with { $0.withdrawUnbonded = .init() }, from: chain.alice).thenFailed(code)
        #expect(try chain.lien() == "130...130")
        #expect(try chain.withdraw(chain.bob) == "80")
        // As soon as nobody refuses it any more, she pays, and what she has pledged is burned.
        let burns = try chain.nextBlock(after: .hours(3)) + chain.settle()
        #expect(try burns.burned == 100)
        #expect(try chain.collateral() == "980")
        #expect(try !chain.isSettling)
        #expect(try chain.withdraw() == "110")
    }

    @Test("One that fails for ever is tried ever later, up to once a day; her own withdrawal waits for nothing")
    func everLater() throws {
        let end = HarnessOptions().genesisTime.saturatingAdding(.days(9))
        let chain = try StakingChain.ready(neighbours: [Objector(to: [.named("alice")], until: end, .unauthorized)])
        try chain.staked(100)
        let packet = try chain.stake(50)
        try chain.infract()
        var waits: [UInt64] = []
        var last = chain.harness.block.time
        while chain.harness.block.time.saturatingAdding(.hours(1)) < end {
            let time = chain.harness.block.time
            let failures = try chain.harness.nextBlock(after: waits.count < 7 ? .minutes(1) : .hours(1))
                .failedSettlements
            guard let failure = failures.first else { continue }
            waits.append(time.nanoseconds - last.nanoseconds)
            last = time
            try #require(failures.count == 1 && failure.due > time.nanoseconds)
            // Stake that lands meanwhile changes nothing about it.
            if waits.count == 3 { try chain.acknowledge(packet) }
        }
        let minute = TimeSpan.minutes(1).nanoseconds
        #expect(waits.prefix(7) == [0, 1, 2, 4, 8, 16, 32].map { $0 * minute }[...])
        // 128 minutes and so on, in blocks that are an hour apart.
        #expect(waits.dropFirst(8).prefix(5) == [3, 5, 9, 18, 24].map { $0 * 60 * minute }[...])
        #expect(waits.allSatisfy { $0 <= 24 * 60 * minute })
        #expect(try chain.isSettling)
        try chain.harness.when(.with { $0.withdrawUnbonded = .init() }, from: chain.alice).thenFailed(.unauthorized)
        #expect(try chain.lien() == "150...150")
        // The block's own turn is a day away.
        try chain.nextBlock(after: .hours(2))
        #expect(try chain.isSettling)
        #expect(try chain.withdraw() == "120")
        #expect(try chain.collateral() == "970")
        #expect(try !chain.isSettling)
    }

    @Test("However many fail in every block, the others settle: those whose turn it is, and those whose stake lands")
    func many() throws {
        let people = Crowd.people(600).sorted()
        let refused = Array(people.prefix(300))
        let crowd = try Crowd(600, neighbours: [Objector(to: refused, .unauthorized)])
        let chain = crowd.chain
        let last = try #require(people.last)
        let packet = try chain.stake(50, of: last)
        try chain.infract()
        // Whoever has failed is due again in each of them.
        for _ in 0..<6 { try chain.nextBlock(after: .days(1)) }
        #expect(try chain.offender().settled)
        #expect(try chain.offender().taken == "6000")
        #expect(try chain.collateral(of: last) == "180")
        try chain.acknowledge(packet)
        for _ in 0..<2 { try chain.nextBlock(after: .days(1)) }
        #expect(try chain.collateral(of: last) == "170")
        for person in refused { #expect(try chain.collateral(of: person) == "200") }
    }
}

extension BlockOutcome {
    /// What could not be settled at the end of the block.
    fileprivate var failedSettlements: [ExternalStakingSettlementFailed] {
        ended.of(ExternalStakingEvent.self).compactMap { event in
            if case .settlementFailed(let failed) = event.event { failed } else { nil }
        }
    }
}
