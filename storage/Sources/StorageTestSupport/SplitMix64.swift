import Foundation

/// A small seeded generator: the same seed gives the same test on every machine.
package struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// A generator of a seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// A generator for this run. `MESH_TEST_SEED=1234` repeats the run that printed it.
    package static func seeded(for test: String = #function) -> SplitMix64 {
        let seed =
            ProcessInfo.processInfo.environment["MESH_TEST_SEED"].flatMap { UInt64($0) } ?? .random(in: 0 ... .max)
        print("seed of \(test): repeat with MESH_TEST_SEED=\(seed)")
        return SplitMix64(seed: seed)
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// As many bytes as a range allows.
    package mutating func bytes(_ counts: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: counts, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}
