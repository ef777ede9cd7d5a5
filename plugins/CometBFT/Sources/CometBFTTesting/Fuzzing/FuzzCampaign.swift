public import CometBFT
import Foundation

/// Spoilt bytes by the thousand against readers: each answers with a value or with an error of its own, and none traps.
public struct FuzzCampaign: Sendable {
    /// What came of a run.
    public struct Outcome: Sendable {
        /// How many cases a reader refused with an error of its own.
        public internal(set) var refusedCount = 0
        /// What readers did wrong, with the seed and the case that repeat it. Empty when all is well.
        public internal(set) var faults: [String] = []
    }

    /// How many cases a suite has.
    public let caseCount: Int
    /// Where the cases start.
    public let seed: UInt64

    /// Makes a campaign, and prints what repeats it.
    ///
    /// - Parameters:
    ///   - seed: where cases start unless `MESH_FUZZ_SEED` says so.
    ///   - environment: the process's own if nil. `MESH_FUZZ_CASES` sets how many cases there are, 2000 without it.
    /// - Throws: `outOfRange` for a variable that is no number: a run that was to be repeated must not be another one.
    public init(seed: UInt64, environment: [String: String]? = nil) throws(CometBFTError) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        self.seed = try Self.number("MESH_FUZZ_SEED", in: environment) ?? seed
        caseCount = try Self.number("MESH_FUZZ_CASES", in: environment) ?? 2000
        print("fuzzing \(caseCount) cases with MESH_FUZZ_SEED=\(self.seed)")
    }

    private static func number<Number: FixedWidthInteger>(
        _ variable: String,
        in environment: [String: String]
    ) throws(CometBFTError) -> Number? {
        guard let text = environment[variable] else { return nil }
        guard let number = Number(text), number >= 0 else {
            throw CometBFTError(.outOfRange, "\(variable)='\(text)' is not a number from 0 to \(Number.max): give one")
        }
        return number
    }

    /// Spoils artefacts in turn, and has each read.
    ///
    /// What is read is written, and what was written is read again as the same value.
    ///
    /// - Parameters:
    ///   - refusal: the only errors that the readers may throw.
    ///   - isFaithful: whether what was written may stand for the spoilt bytes that were read.
    public func run<Refusal: Error>(
        _ artefacts: [Artefact],
        cases: Int,
        refusal: Refusal.Type,
        isFaithful: (_ written: [UInt8], _ spoilt: [UInt8]) -> Bool
    ) -> Outcome {
        var outcome = Outcome()
        guard !artefacts.isEmpty else { return outcome }
        var mutator = Mutator(seed: seed)
        let pool = artefacts.map(\.bytes)
        for number in 0..<max(0, cases) {
            let artefact = artefacts[number % artefacts.count]
            let spoilt = mutator.mutate(artefact.bytes, others: pool)
            let written: [UInt8]
            do {
                written = try artefact.read(spoilt)
            } catch is Refusal {
                outcome.refusedCount += 1
                continue
            } catch {
                outcome.faults.append("\(artefact.name), seed \(seed), case \(number): \(error)")
                continue
            }
            if !isFaithful(written, spoilt) {
                outcome.faults.append(
                    "\(artefact.name), seed \(seed), case \(number): written as other bytes than read"
                )
            }
            if (try? artefact.read(written)) != written {
                outcome.faults.append(
                    "\(artefact.name), seed \(seed), case \(number): not read again as it was written"
                )
            }
        }
        return outcome
    }
}
