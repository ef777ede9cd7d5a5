import CometBFTTesting

extension SeededGenerator {
    /// A number from 0 to below a bound.
    mutating func below(_ bound: Int) -> Int {
        Int.random(in: 0..<bound, using: &self)
    }
}
