import ModuleKit
import ModuleTesting
import NativeStaking
import RewardsEvents
import StakingEvents
import Testing

@testable import Rewards

/// Random stake, slashes, fees, withdrawals and blocks. The harness checks after each step that every denomination adds up to the
/// last of 36 digits, and replays every block.
@Suite("Random operations")
struct RandomOperationTests {
    private static let validators = 4
    private static let people = 10

    /// Draws what happens next.
    private struct Draw {
        let scene: RewardsScene
        var random: SplitMix64
        var done = 0
        var votes: [EngineReport.Vote] = []

        mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
        mutating func amount() -> UInt64 { UInt64.random(in: 1...3_000_000, using: &random) }

        mutating func stake() throws {
            let person = number(RandomOperationTests.people)
            let (validator, other) = (number(RandomOperationTests.validators), number(RandomOperationTests.validators))
            let height = max(scene.harness.block.height, 3)
            let message: StakingMessage =
                switch number(6) {
                case 0, 1: .delegate(amount(), to: validator)
                case 2: .undelegate(amount(), from: validator)
                case 3: .redelegate(amount(), from: validator, to: other)
                case 4: .cancelUnbonding(amount() / 2 + 1, from: validator, since: height - UInt64(number(3)))
                default: .commission(["0", "0.07", "0.5", "1"][number(4)])
                }
            if try scene.stake(message, by: person).succeeded { done += 1 }
        }

        mutating func order() throws {
            let validator = number(RandomOperationTests.validators)
            let owner: Address? = number(2) == 0 ? nil : RewardsScene.person(number(3))
            let event: ClerkEvent =
                switch number(3) {
                case 0: .stake(amount(), at: validator, for: owner)
                case 1: .unstake(amount(), from: validator, for: owner)
                default: .withdraw(validator, for: owner)
                }
            if try scene.clerk(event).succeeded { done += 1 }
        }

        mutating func withdraw() throws {
            let person = number(RandomOperationTests.people)
            let message: RewardsMessage =
                switch number(5) {
                case 0: .withdrawCommission
                case 1: .withdrawAll(limit: UInt32(number(3)))
                case 2: .payTo(RewardsScene.person(number(RandomOperationTests.people)))
                case 3: .fund(.fee(amount()))
                default: .withdraw(number(RandomOperationTests.validators))
                }
            if try scene.tell(message, by: person).succeeded { done += 1 }
        }

        mutating func punish() throws {
            let validator = number(RandomOperationTests.validators)
            if number(4) == 0 {
                try scene.clerk(.jail(validator))
            } else {
                let height = max(scene.harness.block.height, 3) - UInt64(number(3))
                try scene.clerk(.slash(validator, ["0.01", "0.3", "1"][number(3)], since: height, power: 2))
            }
        }

        /// What the engine reports: nothing, or any powers of any keys.
        mutating func report() throws -> EngineReport {
            guard number(3) > 0 else { return EngineReport(votes: votes) }
            votes = []
            for validator in 0..<(RandomOperationTests.validators + 1) where number(3) > 0 {
                let address = try RewardsScene.consensusAddress(validator)
                votes.append(.init(validator: address, power: UInt64(number(9)), hasSigned: number(2) == 0))
            }
            return EngineReport(votes: votes)
        }
    }

    private func run(_ random: SplitMix64, blocks: Int, hasEngine: Bool, replays: Bool = true) throws -> Draw {
        let scene = try RewardsScene(
            ["mint": RewardsScene.minting],
            staking: ["unbonding_time": "40s", "max_validators": "3"],
            replays: replays
        )
        for number in 0..<Self.validators { try scene.addValidator(number, UInt64(2_000_000 + number)) }
        var draw = Draw(scene: scene, random: random)
        for _ in 0..<blocks {
            for _ in 0..<draw.number(5) { try draw.stake() }
            for _ in 0..<draw.number(3) { try draw.order() }
            for _ in 0..<draw.number(4) { try draw.withdraw() }
            if draw.number(5) == 0 { try draw.punish() }
            if draw.number(2) == 0 { try scene.payFees(.fee(draw.amount() % 1000 + 1)) }
            #expect(try scene.strays() == [])
            let seconds = 1 + draw.number(20)
            let report = hasEngine ? try draw.report() : EngineReport()
            let block = try scene.harness.nextBlock(after: .seconds(UInt32(seconds)), report: report)
            #expect(block.events.of(HarnessEvent.self).isEmpty)
            #expect(try scene.strays() == [])
            #expect(try scene.holdsItsBooks())
        }
        return draw
    }

    @Test("Positions have the shares of the delegations, and what came in is paid, owed or carried", arguments: 0..<4)
    func conserves(run number: Int) throws {
        let seed = try TestSeed.next() &+ UInt64(number)
        let draw = try run(SplitMix64(seed: seed), blocks: 40, hasEngine: number % 2 == 1)
        #expect(draw.done >= 40)
        let totals = try draw.scene.totals()
        #expect(totals.map(\.denom) == ["fee", "stake"])
        for total in totals {
            let sum = try Amount(total.paid).adding(try Amount(total.held))
            #expect(try sum == Amount(total.received))
        }
        // Everybody takes what is his: less than a unit per position and denomination is left, and what nobody withdraws for.
        for person in 0..<Self.people { try draw.scene.tell(.withdrawAll(limit: 100), by: person) }
        for person in 0..<Self.people {
            let answer = try draw.scene.harness.query(
                .with { $0.delegator.delegator = RewardsScene.text(RewardsScene.person(person)) }
            ).delegator
            #expect(answer.delegations.flatMap(\.payable) == [])
        }
    }

    @Test("An export in the middle of it gives, imported, the same state", arguments: 0..<2)
    func exports(run number: Int) throws {
        let seed = try TestSeed.next() &+ UInt64(number)
        let draw = try run(SplitMix64(seed: seed), blocks: 20, hasEngine: number == 1, replays: false)
        let document = try draw.scene.exportAll()
        // A block that begins without provisions changes nothing.
        let twin = try RewardsScene(sections: document, isMinting: false, replays: false)
        #expect(try twin.exportAll() == document)
        #expect(try twin.strays() == [])
    }

    @Test("The same operations give the same events and the same state in two processes")
    func sameInEveryProcess() throws {
        try DeterminismCheck().run { random in
            try run(random, blocks: 12, hasEngine: true, replays: false).scene.harness.digest()
        }
    }
}
