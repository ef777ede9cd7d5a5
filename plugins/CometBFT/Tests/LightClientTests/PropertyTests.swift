import CometBFT
import CometBFTTesting
import LightClient
import Testing

@Suite("Skipping against sequential verification")
struct PropertyTests {
    /// A chain with random sets, powers, times and absences. Every block is signed by more than two thirds.
    private func randomChain(_ generator: inout SeededGenerator) throws -> TestChain {
        func validators() throws -> TestValidators {
            let first = UInt64.random(in: 0..<4, using: &generator)
            let count = UInt64.random(in: 3...6, using: &generator)
            return try TestValidators((first..<first + count).map { ($0, Int64.random(in: 1...20, using: &generator)) })
        }
        var chain = TestChain(validators: try validators())
        for _ in 1...12 {
            let total = chain.validators.set.totalPower
            var missing: Int64 = 0
            let ballots = chain.validators.set.validators.map { validator -> Ballot in
                let roll = Int.random(in: 0..<4, using: &generator)
                guard roll < 2, (missing + validator.power) * 3 < total else { return .block }
                missing += validator.power
                return roll == 0 ? .absent : .nil
            }
            try chain.append(next: Bool.random(using: &generator) ? validators() : nil) { ballots[$0] }
        }
        return chain
    }

    /// Validators of a set that together hold a third of its power at most: as many as there may be.
    private static func liars(
        in validators: ValidatorSet,
        numbers: [ValidatorAddress: UInt64],
        _ generator: inout SeededGenerator
    ) -> [UInt64] {
        var power: Int64 = 0
        return validators.validators.shuffled(using: &generator).compactMap { validator in
            guard (power + validator.power) * 3 <= validators.totalPower else { return nil }
            power += validator.power
            return numbers[validator.address]
        }
    }

    /// A chain with the same heights and times, of which the liars claim to be the only validators.
    private func lie(
        beside chain: TestChain,
        by liars: TestValidators,
        _ generator: inout SeededGenerator
    ) throws -> TestChain {
        var lie = TestChain(chainID: chain.chainID, validators: liars)
        for height in 1...chain.height {
            try lie.append(
                time: chain.blocks[Int(height) - 1].time,
                appHash: [UInt8.random(in: 0...255, using: &generator)]
            )
        }
        return lie
    }

    @Test("Skipping accepts only what sequential verification accepts, while more than two thirds are honest")
    func skipsToTheSameBlocks() throws {
        let numbers = try Dictionary(uniqueKeysWithValues: (0...12).map { (try TestValidators.signer($0).address, $0) })
        var accepted = 0
        for seed in 1...24 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let chain = try randomChain(&generator)
            let now = chain.blocks[11].time.adding(seconds: 1)
            let options = try VerificationOptions(trustingPeriod: .seconds(1000))

            var sequential = try LightClientState(trusting: chain.blocks[0], options: options)
            for height in 2...chain.height {
                #expect(try sequential.update(to: height, now: now, from: ClosureProvider(chain)) == .accepted)
            }
            #expect(sequential.history.count == 12, "seed \(seed)")

            var skipping = try LightClientState(trusting: chain.blocks[0], options: options)
            #expect(try skipping.update(to: 12, now: now, from: ClosureProvider(chain)) == .accepted)
            #expect(skipping.latest == sequential.latest, "seed \(seed)")
            for header in skipping.history { #expect(sequential.header(at: header.height) == header, "seed \(seed)") }

            // Liars who hold up to a third of the trusted set can't make a jump from it.
            for from in chain.blocks {
                let liars = Self.liars(in: from.validators, numbers: numbers, &generator)
                guard !liars.isEmpty else { continue }
                let lie = try lie(beside: chain, by: TestValidators(liars), &generator)
                for block in lie.blocks where block.height > from.height {
                    let verdict = TrustedState(from).verify(block, options: options, now: now)
                    #expect(!verdict.isSuccess, "seed \(seed), from \(from.height) to \(block.height)")
                }
            }
            // So the test says something: honest jumps are taken.
            for to in chain.blocks.dropFirst(2) {
                if TrustedState(chain.blocks[0]).verify(to, options: options, now: now).isSuccess { accepted += 1 }
            }
        }
        #expect(accepted > 24)
    }
}
