/// Reproducible values for property tests, by SplitMix64.
struct ValueGenerator {
    /// The seeds that every property test runs with; a failure names the seed among its arguments.
    static let seeds: [UInt64] = [1, 0xC0FFEE, 20_240_229]

    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// A number below the bound, which is above zero.
    mutating func next(below bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }
}
