import ExternalStakingEvents
import Foundation
import ModuleKit
import Testing

@testable import ExternalStaking
@testable import ModuleTesting

/// Times, which are printed and not judged. `MESH_REWARD_STAKERS` says how many stakers the larger chain has.
@Suite("How fast rewards are")
struct RewardSpeedTests {
    private static let stakers =
        ProcessInfo.processInfo.environment["MESH_REWARD_STAKERS"].flatMap { Int($0) } ?? 1000

    /// Does something so many times, without the harness's checks between them: the seconds of each, where ten in a row
    /// were fastest. Other work of the machine disturbs that least.
    private func time(_ count: Int, _ body: (Int) throws -> Void) rethrows -> Double {
        var fastest = Double.infinity
        for start in stride(from: 0, to: count, by: 10) {
            let begun = ContinuousClock.now
            for number in start..<min(start + 10, count) { try body(number) }
            let seconds = (ContinuousClock.now - begun) / .seconds(1)
            fastest = min(fastest, seconds / Double(min(10, count - start)))
        }
        return fastest
    }

    @Test("The same distributions and claims of stake come out with ten stakers and with many")
    func distribution() throws {
        for count in [10, max(10, Self.stakers)] {
            let chain = try RewardCostTests.chain(stakers: count)
            try chain.harness.nextBlock()
            let execution = chain.harness.machine.execution
            let staking = try chain.harness.instance(of: ExternalStaking.self)
            let total = try chain.validator("v1").committed
            let rounds = 300
            let shared = try time(rounds) { number in
                let event = ExternalStakingEvent.with {
                    $0.rewardsDistributed.channelID = "channel-0"
                    $0.rewardsDistributed.coin.denom = "ujuno"
                    $0.rewardsDistributed.coin.amount = total
                    $0.rewardsDistributed.parts = [
                        .with {
                            $0.validator = "v1"
                            $0.amount = total
                        }
                    ]
                }
                try execution.unit(transaction: UInt32(1000 + number), signer: nil) { () throws(ModuleError) in
                    try staking.record(event, execution)
                }
            }
            let claims = min(count, 2000)
            let message = try ExternalStakingMessage.with {
                $0.withdrawRewards.validator = "v1"
                $0.withdrawRewards.remoteRecipient = "juno1user"
            }.encodedBytes()
            let claimed = try time(claims) { number in
                let user = Address.named("staker \(number)")
                try execution.unit(transaction: UInt32(5000 + number), signer: user) { () throws(ModuleError) in
                    try staking.handle(message, execution, sender: user)
                }
            }
            // Each unit of stake has earned a unit in each round.
            let expected = (0..<claims).reduce(0) { $0 + (1000 + $1) * rounds }
            #expect(try chain.totals()?.inFlight == "\(expected)")
            let (micros, rate) = (Int(shared * 1_000_000), Int(1 / claimed))
            print("with \(count) stakers a distribution takes \(micros) µs, and \(rate) claims are made a second")
        }
    }
}
