import ConverterEvents
import ModuleKit
import Testing
import VirtualStakingEvents

@testable import ModuleTesting
@testable import VirtualStaking

@Suite("What it costs")
struct CostTests {
    /// Runs the epoch of the block once more, and tells what it cost.
    private func epoch(_ chain: StakeChain) throws -> Outcome<VirtualStaking> {
        let execution = chain.harness.machine.execution
        let instance = try chain.harness.instance(of: VirtualStaking.self)
        let outcome = try chain.harness.unit(transaction: 0) { () throws(ModuleError) in
            try instance.run(.beginBlock, execution)
        }
        try chain.check()
        return try outcome.thenSucceeded()
    }

    @Test("With 150 validators an epoch, and letting go of everything, stay far within their limits")
    func manyValidators() throws {
        let count = 150
        let chain = try StakeChain(
            validators: [UInt64](repeating: 1_000_000, count: count),
            cap: 160_000,
            replays: false
        )
        try chain.nextEpoch()
        for number in 0..<count { try chain.pledge(UInt64(1000 + number), to: number) }
        let bonded = try epoch(chain)
        for number in stride(from: 0, to: count, by: 2) { try chain.pledge(50_000, to: number) }
        let moved = try epoch(chain)
        let settled = try epoch(chain)
        let released = try chain.grant(0)
        print(
            "150 validators: bonding all \(bonded.workUsed) units, \(bonded.events.count) events; re-weighting all "
                + "\(moved.workUsed) units, \(moved.events.count) events; nothing to do \(settled.workUsed) units; letting go "
                + "of all \(released.workUsed) units, \(released.events.count) events"
        )
        #expect(bonded.events.moves.count == count && moved.events.moves.count == count)
        #expect(settled.events.moves.isEmpty)
        #expect(released.events.moves.count == count)
        #expect(released.events.of(HarnessEvent.self).allSatisfy { !$0.isFailure })
        #expect(try chain.totals().minted == "0")
        let limits = Execution.Limits()
        #expect(released.workUsed < limits.finalReactionWork / 2)
        #expect(bonded.events.count < limits.eventsMax / 5 && moved.events.count < limits.eventsMax / 5)
    }
}
