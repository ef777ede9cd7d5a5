/// A SplitMix64 generator: the same seed gives the same numbers, on every machine and in every process.
///
/// Tests print the seed, so that a failure can be seen again. Source: Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators" (2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Makes a generator from a seed. Any value will do.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// The next `count` bytes; none if `count` is not positive.
    public mutating func bytes(count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
