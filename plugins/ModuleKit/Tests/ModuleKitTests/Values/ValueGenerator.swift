import ModuleTesting

/// Reproducible values for property tests.
struct ValueGenerator {
    private var source: SplitMix64

    init(seed: UInt64) {
        self.source = SplitMix64(seed: seed)
    }

    mutating func next() -> UInt64 { source.next() }

    /// A number below the bound, which is above zero.
    mutating func next(below bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }

    /// A number of any length: bit counts are evenly spread, and extremes are frequent.
    mutating func wide() -> UInt128 {
        let full = UInt128(next()) << 64 | UInt128(next())
        switch next(below: 8) {
        case 0: return .max - full >> 120
        case 1: return full >> 124
        default: return full >> UInt128(next(below: 128))
        }
    }

    mutating func bytes(count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}

/// The seeds that every property test runs with; a failure names the seed among its arguments.
let propertySeeds: [UInt64] = [1, 0xC0FFEE, 20_240_229]
