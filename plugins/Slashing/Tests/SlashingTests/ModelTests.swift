import ModuleKit
import ModuleTesting
import NativeStaking
import SlashingEvents
import StakingEvents
import Testing

@testable import Slashing

/// Thousands of blocks with random stake, absences, double signs and returns, against the Cosmos SDK's algorithm.
@Suite("The Cosmos SDK's algorithm")
struct ModelTests {
    private static let validators = 9
    private static let window: UInt64 = 23

    @Test("Who is counted, who has missed how much and who is punished for what is the same", arguments: [1, 2])
    func sameAnswers(run: Int) throws {
        var play = try Play(random: try SplitMix64.seeded())
        for block in 0..<1_200 { try play.block(block) }
        #expect(play.downtimes > 5)
        #expect(play.doubleSigns > 0)
        #expect(play.returns > 3)
        #expect(play.entries > 20)
    }

    /// A chain and the model beside it.
    private struct Play {
        let scene: SlashingScene
        var model = CosmosModel(window: ModelTests.window, minSigned: 16, jailDuration: 60_000_000_000)
        var random: SplitMix64
        var bonded: Set<Int> = []
        var moods: [Int: Int] = [:]
        var (downtimes, doubleSigns, returns, entries) = (0, 0, 0, 0)

        init(random: SplitMix64) throws {
            self.random = random
            scene = try SlashingScene(
                [
                    "params": [
                        // 16.1 of 23 votes, which is 16.
                        "signed_blocks_window": "23", "min_signed_per_window": "0.7", "downtime_jail_duration": "1m",
                        "slash_fraction_downtime": "0.0001",
                    ]
                ],
                staking: ["unbonding_time": "5m", "max_validators": "5"],
                replays: false
            )
            for number in 0..<ModelTests.validators {
                try scene.addValidator(number, 100_000_000 + UInt64(number) * 1_000_000)
            }
        }

        mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

        mutating func block(_ block: Int) throws {
            if number(5) == 0 { try moveStake() }
            for number in 0..<ModelTests.validators where model.jailed.contains(number) && block % 5 == 0 {
                if try scene.unjail(number).succeeded {
                    model.jailed.remove(number)
                    returns += 1
                }
            }
            try noteJailed()
            let votes = try draw()
            let (height, time) = (scene.harness.block.height + 1, scene.harness.block.time.nanoseconds + 5_000_000_000)
            var misbehavior: [EngineReport.Misbehavior] = []
            if block % 300 == 299, let offender = scene.signers.keys.min() {
                misbehavior = [try scene.doubleSign(of: offender, at: height - 2, power: scene.signers[offender] ?? 0)]
            }
            let outcome = try scene.nextBlock(votes: votes.map(\.vote), misbehavior: misbehavior)
            // Staking renews the active set at the end of the block before.
            try noteBonded(height: height - 1, outcome)
            var expected: [CosmosModel.Punishment] = []
            for (validator, vote) in votes {
                let punishment = model.handle(
                    validator,
                    power: vote.power,
                    signed: vote.hasSigned,
                    height: height,
                    time: time
                )
                if let punishment { expected.append(punishment) }
            }
            for reported in misbehavior {
                let offender = try self.number(of: reported.validator)
                let punishment = model.handleEvidence(offender, power: reported.power, height: reported.height)
                if let punishment { expected.append(punishment) }
            }
            #expect(try punishments(outcome.began) == expected)
            downtimes += expected.count { !$0.isDoubleSign }
            doubleSigns += expected.count(where: \.isDoubleSign)
            try compare()
        }

        /// Moves validators over the edge of the active set, or below their own minimum.
        private mutating func moveStake() throws {
            let validator = number(ModelTests.validators)
            let amount = UInt64(number(8_000_000) + 1)
            try scene.stake(
                number(2) == 0 ? .delegate(amount, to: validator) : .undelegate(amount, from: validator),
                by: validator
            )
        }

        private mutating func draw() throws -> [(validator: Int, vote: EngineReport.Vote)] {
            var votes: [(Int, EngineReport.Vote)] = []
            for (validator, power) in scene.signers.sorted(by: { $0.key < $1.key }) {
                // Sound, shaky or down, for a while.
                if moods[validator] == nil || number(40) == 0 { moods[validator] = number(4) }
                let hasSigned: Bool =
                    switch moods[validator] {
                    case 0: number(100) < 55
                    case 1: number(100) < 75
                    default: number(100) < 98
                    }
                let address = try SlashingScene.consensusAddress(validator)
                votes.append((validator, .init(validator: address, power: power, hasSigned: hasSigned)))
            }
            return votes
        }

        /// Staking itself jails who falls below its minimum.
        private mutating func noteJailed() throws {
            for validator in 0..<ModelTests.validators where try scene.validator(validator).stake.isJailed {
                model.jailed.insert(validator)
            }
        }

        private mutating func noteBonded(height: UInt64, _ outcome: BlockOutcome) throws {
            for event in outcome.ended.of(StakingEvent.self) {
                guard case .validatorSetUpdated(let event) = event.event else { continue }
                for update in event.updates {
                    let validator = try number(of: try Address(ed25519PublicKey: [UInt8](update.consensusKey)))
                    if update.power == 0 {
                        bonded.remove(validator)
                    } else if bonded.insert(validator).inserted {
                        entries += 1
                        model.afterValidatorBonded(validator, height: height)
                    }
                }
            }
        }

        private func number(of address: Address) throws -> Int {
            for number in 0..<ModelTests.validators where try SlashingScene.consensusAddress(number) == address {
                return number
            }
            return -1
        }

        private func punishments(_ events: [RecordedEvent]) throws -> [CosmosModel.Punishment] {
            try events.slashing.compactMap { event in
                switch event.event {
                case .downtimePunished(let event):
                    CosmosModel.Punishment(
                        validator: try number(of: try Address(bytes: event.consensusAddress)),
                        isDoubleSign: false,
                        infractionHeight: event.infractionHeight,
                        power: event.power
                    )
                case .doubleSignPunished(let event):
                    CosmosModel.Punishment(
                        validator: try number(of: try Address(bytes: event.equivocation.consensusAddress)),
                        isDoubleSign: true,
                        infractionHeight: event.infractionHeight,
                        power: event.equivocation.power
                    )
                default: nil
                }
            }
        }

        private func compare() throws {
            for validator in 0..<ModelTests.validators {
                guard let info = model.infos[validator] else { continue }
                let answer = try scene.info(validator)
                let found = CosmosModel.Info(
                    startHeight: answer.startHeight,
                    indexOffset: answer.nextVote,
                    jailedUntil: answer.jailedUntilNanoseconds,
                    isTombstoned: answer.isTombstoned,
                    missedCounter: answer.missed
                )
                try #require(found == info, "validator \(validator) at height \(scene.harness.block.height)")
            }
        }
    }
}
