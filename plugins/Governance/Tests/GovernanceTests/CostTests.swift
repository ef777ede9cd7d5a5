import Foundation
import Governance
import GovernanceEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing

/// `MESH_GOVERNANCE_VOTERS=100000 swift test -c release -Xswiftc -enable-testing --filter CostTests` prints times as well.
@Suite("The cost of voting")
struct CostTests {
    @Test("is the same for each voter, and the count costs the same however many have voted")
    func constant() throws {
        let wanted = ProcessInfo.processInfo.environment["MESH_GOVERNANCE_VOTERS"].flatMap { Int($0) }
        let voters = max(wanted ?? 700, 700)
        let small = try Electorate(voters: 500, validators: 150)
        let large = try Electorate(voters: voters, validators: 150)
        #expect(large.firstVoteWork == large.lastVoteWork)
        #expect(large.lastVoteWork == small.lastVoteWork)
        // Larger figures have a few digits more, and each byte of an event counts.
        #expect(large.countWork < small.countWork + 100)
        #expect(large.result.outcome == .accepted && large.result.bonded == large.total)
        if wanted != nil { print(large.report) }
    }

    @Test("does not grow with validators that are not bonded, of which anybody can make as many as he likes")
    func unbondedValidators() throws {
        let few = try Electorate(voters: 5, validators: 10)
        let many = try Electorate(voters: 5, validators: 10, others: 300)
        #expect(many.countWork == few.countWork)
        #expect(many.result == few.result && many.result.bonded == many.total)
    }
}

/// Staking and governance without any bank, in memory alone, with voters who have stake at two validators each.
private struct Electorate {
    private(set) var firstVoteWork: UInt64 = 0
    private(set) var lastVoteWork: UInt64 = 0
    private(set) var countWork: UInt64 = 0
    private(set) var result = GovernanceTallyResult()
    private(set) var total = ""
    private(set) var report = ""

    /// - Parameter others: how many validators have too little stake to be bonded.
    init(voters: Int, validators: Int, others: Int = 0) throws {
        let time = Timestamp(nanoseconds: 1_600_000_000_000_000_000)
        let prefixes = try AddressPrefixes(account: "cosmos")
        let session = StateSession(source: EmptyStateSource(), meter: WorkMeter())
        let execution = Execution(
            block: BlockInfo(chainID: "test-1", height: 0, time: time, isGenesis: true),
            addresses: prefixes,
            session: session,
            moduleOrder: ["staking", "governance"]
        )
        func identity(_ number: UInt32, _ name: String) -> InstanceIdentity {
            let address = Address(moduleName: name)
            return InstanceIdentity(number: number, address: address, label: name, module: name, version: "1.0.0")
        }
        let staking = ModuleInstance(
            NativeStaking(),
            identity: identity(0, "staking"),
            state: InstanceState(instance: 0, session: session),
            vocabularyNumber: 0
        )
        let governance = ModuleInstance(
            Governance(),
            identity: identity(1, "governance"),
            state: InstanceState(instance: 1, session: session),
            vocabularyNumber: 1
        )
        execution.setGovernor(
            Execution.Governor(
                instance: { (_, _) in nil },
                isGranted: { (_, _) in true },
                recordFailure: { (_) in }
            )
        )
        execution.install(staking)
        execution.install(governance)
        var height: UInt64 = 0

        /// Runs something in a block of its own; its work and its time.
        func block(at seconds: UInt64, _ body: () throws(ModuleError) -> Void) throws -> (work: UInt64, time: Duration)
        {
            height += 1
            let now = Timestamp(nanoseconds: time.nanoseconds + seconds * 1_000_000_000)
            let next = execution.events.nextSequence
            execution.startBlock(BlockInfo(chainID: "test-1", height: height, time: now), nextSequence: next)
            session.meter.start(limit: .max)
            let start = ContinuousClock.now
            try execution.unit(transaction: 0, body)
            return (session.meter.used, ContinuousClock.now - start)
        }
        func send(_ message: GovernanceMessage, from sender: Address) throws(ModuleError) {
            try governance.handle(try message.encodedBytes(), execution, sender: sender)
        }
        let set: JSONValue = ["slashing": "none", "params": ["max_validators": .string("\(validators)")]]
        _ = try block(at: 0) { () throws(ModuleError) in
            try staking.run(.configure(set, sender: nil), execution)
            try governance.run(.configure([:], sender: nil), execution)
            for number in 0..<validators + others {
                let stake: UInt64 = number < validators ? 1_000_000 : 1
                let message = try StakingMessage.create(number, stake).encodedBytes()
                try staking.handle(message, execution, sender: .named("validator \(number)"))
            }
        }
        for number in 0..<voters {
            _ = try block(at: 1) { () throws(ModuleError) in
                for part in 0..<2 {
                    let validator = Address.named("validator \((number + part * 7) % validators)")
                    let message = StakingMessage.with {
                        $0.delegate.validator = prefixes.format(validator, as: .validatorOperator)
                        $0.delegate.amount = .stake(1_000_000)
                    }
                    try staking.handle(try message.encodedBytes(), execution, sender: .named("voter \(number)"))
                }
            }
        }
        _ = try block(at: 2) { () throws(ModuleError) in
            try staking.run(.endBlock, execution)
            try send(.submit([], 10_000_000), from: .named("proposer"))
        }
        var times: [Duration] = []
        for number in 0..<voters {
            let vote = try block(at: 3) { () throws(ModuleError) in
                try send(.vote(.yes, on: 1), from: .named("voter \(number)"))
            }
            if number == 0 { firstVoteWork = vote.work }
            lastVoteWork = vote.work
            times.append(vote.time)
        }
        let count = try block(at: 200_000) { () throws(ModuleError) in try governance.run(.beginBlock, execution) }
        countWork = count.work
        result = try execution.ask(GovernanceQuery.with { $0.proposal.proposal = 1 }, of: 1).proposal.result
        total = "\(validators * 1_000_000 + voters * 2_000_000)"
        func mean(_ times: ArraySlice<Duration>) -> Duration { times.reduce(.zero, +) / max(1, times.count) }
        report = """
            \(voters) voters, \(validators) validators: a vote \(mean(times[..<1_000.clamped(to: times.count)])) among the first \
            thousand, \(mean(times.suffix(1_000))) among the last; the start of the block that counts \(count.time)
            """
    }
}

extension Int {
    fileprivate func clamped(to bound: Int) -> Int { Swift.min(self, bound) }
}
