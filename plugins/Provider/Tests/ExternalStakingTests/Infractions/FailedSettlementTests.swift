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
            let ended = try chain.harness.nextBlock()
            let failures = ended.ended.of(ExternalStakingEvent.self).compactMap { event in
                if case .settlementFailed(let failed) = event.event { failed } else { nil }
            }
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

    @Test("However many fail in every block, the others settle: those whose turn it is, and those whose stake lands")
    func many() throws {
        let people = Crowd.people(600).sorted()
        let refused = Array(people.prefix(300))
        let crowd = try Crowd(600, neighbours: [Objector(to: refused, .unauthorized)])
        let chain = crowd.chain
        let last = try #require(people.last)
        let packet = try chain.stake(50, of: last)
        try chain.infract()
        for _ in 0..<6 { try chain.nextBlock() }
        #expect(try chain.offender().settled)
        #expect(try chain.offender().taken == "6000")
        #expect(try chain.collateral(of: last) == "180")
        try chain.acknowledge(packet)
        for _ in 0..<2 { try chain.nextBlock() }
        #expect(try chain.collateral(of: last) == "170")
        for person in refused { #expect(try chain.collateral(of: person) == "200") }
    }
}
