internal import Foundation

/// Where the seeds of property tests come from.
///
/// Each run draws a seed and prints it. `MESH_TEST_SEED=1234 swift test --filter …` repeats a run.
public enum TestSeed {
    /// The environment variable that repeats a run.
    public static let variable = "MESH_TEST_SEED"

    /// The seed that the environment names, in decimal or as `0x…`; nil where it names none.
    ///
    /// - Throws: `outOfTurn` for a text that is no 64-bit number: a run that was to be repeated must not go on with another seed.
    public static func named(in environment: [String: String]) throws(HarnessError) -> UInt64? {
        guard let text = environment[variable] else { return nil }
        let number = text.hasPrefix("0x") ? UInt64(text.dropFirst(2), radix: 16) : UInt64(text)
        guard let number else {
            throw HarnessError(
                .outOfTurn,
                "\(variable)='\(text)' is not a seed: give a number of 64 bits, or 0x and hexadecimal"
            )
        }
        return number
    }

    /// The seed of this run, which is printed with the test's name.
    public static func next(for test: String = #function) throws(HarnessError) -> UInt64 {
        let seed = try named(in: ProcessInfo.processInfo.environment) ?? UInt64.random(in: 0 ... .max)
        print("seed of \(test): repeat with \(variable)=\(seed)")
        return seed
    }
}

extension SplitMix64 {
    /// A generator for this run, whose seed is printed with the test's name.
    public static func seeded(for test: String = #function) throws(HarnessError) -> SplitMix64 {
        SplitMix64(seed: try TestSeed.next(for: test))
    }
}
