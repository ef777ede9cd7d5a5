import ExternalStakingEvents
import Foundation
import ModuleKit
import Testing
import VaultEvents

@testable import ExternalStaking
@testable import ModuleTesting

@Suite("A slash of many")
struct SweepTests {
    @Test("Two thousand settle over blocks, so many in each, and nobody whose turn has not come gets away")
    func many() throws {
        let crowd = try Crowd(2000)
        let chain = crowd.chain
        try chain.nextBlock()
        try chain.infract()
        let first = try endBlock(chain)
        let work = first.workUsed / UInt64(ExternalStaking.settlementsPerBlock)
        var counts = [first.events.slashes]
        let escaping = try #require(crowd.people.max())
        while try chain.isSettling {
            let offender = try chain.offender()
            #expect(!offender.settled && !offender.nextOwner.isEmpty)
            if counts.count == 2 {
                // The last by address pays as soon as he wants to leave.
                #expect(try chain.collateral(of: escaping) == "200")
                try chain.withdraw(escaping)
                #expect(try chain.collateral(of: escaping) == "180")
            }
            counts.append(try settlement(chain).slashes)
        }
        try chain.nextBlock()
        // All but the one who wanted to leave.
        #expect(counts.reduce(0, +) == 1999)
        #expect(counts.allSatisfy { $0 <= ExternalStaking.settlementsPerBlock })
        #expect(
            counts.count == (2000 + ExternalStaking.settlementsPerBlock - 1) / ExternalStaking.settlementsPerBlock
        )
        for person in crowd.people { #expect(try chain.collateral(of: person) == "180") }
        #expect(try chain.offender().taken == "40000")
        print("2000 stakers: \(counts.count) blocks, \(work) units of work for each user")
    }

    /// Runs the settlement of the block that is in progress.
    private func endBlock(_ chain: StakingChain) throws -> Outcome<ExternalStaking> {
        let execution = chain.harness.machine.execution
        let instance = try chain.harness.instance(of: ExternalStaking.self)
        return try chain.harness.unit(transaction: 0) { () throws(ModuleError) in
            let context = instance.context(execution)
            try instance.module.settleLiabilities(context)
        }.thenSucceeded().thenNothingFailed()
    }

    /// Runs the settlement of one block more. What must always hold is looked at when all have settled.
    private func settlement(_ chain: StakingChain) throws -> [RecordedEvent] {
        let execution = chain.harness.machine.execution
        let instance = try chain.harness.instance(of: ExternalStaking.self)
        let first = execution.events.entries.count
        try execution.unit(transaction: 0) { () throws(ModuleError) in
            try instance.module.settleLiabilities(instance.context(execution))
        }
        return try chain.harness.machine.recordedEvents(from: first)
    }

    @Test("An infraction that is recorded while others settle is settled by all, in two walks")
    func meanwhile() throws {
        let crowd = try Crowd(300)
        let chain = crowd.chain
        try chain.nextBlock()
        // Before anybody had staked, but for the drift.
        try chain.infract(at: chain.harness.block.time.saturatingSubtracting(.seconds(5)), height: 1)
        _ = try endBlock(chain)
        try chain.infract(height: 2)
        #expect(try chain.offender().infractions.map(\.settled) == [false, false])
        var blocks = 0
        while try chain.isSettling {
            try chain.nextBlock()
            blocks += 1
        }
        #expect(try chain.offender().infractions.map(\.settled) == [true, true])
        // One block is left of the first walk over 300, and the second takes two.
        #expect(blocks == 1 + 2)
        #expect(try chain.offender().taken == "6000")
    }

    @Test("Where few events are left, fewer settle, and the rest do in later blocks")
    func littleRoom() throws {
        let crowd = try Crowd(300, eventsMax: 6_600)
        let chain = crowd.chain
        try chain.infract()
        var counts: [Int] = []
        while try chain.isSettling {
            let ended = try chain.harness.nextBlock().ended.of(ExternalStakingEvent.self)
            counts.append(ended.count { if case .liabilitySettled = $0.event { true } else { false } })
        }
        // A block has room for 600 events besides those that one user may lead to.
        #expect(counts.allSatisfy { $0 < ExternalStaking.settlementsPerBlock })
        #expect(counts.reduce(0, +) == 300)
        #expect(try chain.offender().taken == "6000")
    }

    /// How long a hundred thousand take: `MESH_SLASHED_STAKERS=100000`, in a release build.
    ///
    /// Every block is executed, sealed and stored; before that, what it settles is tried alone, in memory, and taken back. In one
    /// endless block the events, and what undoes them, would grow without end, and whoever doubles their memory looks slow.
    @Test("What a slash of very many costs", .enabled(if: Self.count != nil))
    func veryMany() throws {
        let count = try #require(Self.count)
        let crowd = try Crowd(count, checks: false)
        let chain = crowd.chain
        try chain.nextBlock()
        try chain.infract()
        let execution = chain.harness.machine.execution
        let instance = try chain.harness.instance(of: ExternalStaking.self)
        let clock = ContinuousClock()
        var (settlements, blocks): ([Duration], [Duration]) = ([], [])
        while try chain.isSettling {
            let settlement = try clock.measure {
                try execution.discarding { () throws(ModuleError) in
                    try instance.module.settleLiabilities(instance.context(execution))
                }
            }
            settlements.append(settlement)
            try blocks.append(clock.measure { _ = try chain.harness.nextBlock() })
        }
        print("\(count) stakers: \(blocks.count) blocks, \(settlements.reduce(.zero, +) / count) for each")
        for (what, durations) in [("settlements of a block", settlements), ("whole blocks, stored", blocks)] {
            let longest = try #require(durations.indices.max { durations[$0] < durations[$1] })
            print(
                "\(what): \(durations.reduce(.zero, +) / durations.count), the longest \(durations[longest]) at number "
                    + "\(longest + 1), half of them within \(durations.sorted()[durations.count / 2])"
            )
        }
        #expect(try chain.offender().taken == Amount(UInt128(20 * count)).description)
        try chain.harness.machine.checkInvariants(after: "the slash")
    }

    private static let count = ProcessInfo.processInfo.environment["MESH_SLASHED_STAKERS"].flatMap { Int($0) }
}

extension [RecordedEvent] {
    /// How many slashes of one user's lien there are.
    fileprivate var slashes: Int {
        of(VaultEvent.self).count { if case .slashed = $0.event { true } else { false } }
    }
}
