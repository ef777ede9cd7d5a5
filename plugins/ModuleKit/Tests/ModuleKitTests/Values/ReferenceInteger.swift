/// A whole number of any size in the plainest arithmetic there is: bits in an array, the lowest first.
///
/// It shares no code and no idea with the arithmetic under test.
struct ReferenceInteger: Equatable {
    private var bits: [Bool]

    init(_ value: UInt128) {
        self.bits = (0..<128).map { value >> UInt128($0) & 1 == 1 }
        trim()
    }

    init(high: UInt128, low: UInt128) {
        self = ReferenceInteger(high).shifted(128) + ReferenceInteger(low)
    }

    private init(bits: [Bool]) {
        self.bits = bits
        trim()
    }

    private mutating func trim() {
        while bits.last == false { bits.removeLast() }
    }

    private func shifted(_ count: Int) -> ReferenceInteger {
        ReferenceInteger(bits: [Bool](repeating: false, count: count) + bits)
    }

    private func bit(_ index: Int) -> Int { index < bits.count && bits[index] ? 1 : 0 }

    /// The value, or nil above 128 bits.
    var value: UInt128? {
        bits.count > 128 ? nil : bits.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
    }

    /// The upper and lower 128 bits, or nil above 256 bits.
    var halves: (high: UInt128, low: UInt128)? {
        guard
            let high = ReferenceInteger(bits: [Bool](bits.dropFirst(128))).value,
            let low = ReferenceInteger(bits: [Bool](bits.prefix(128))).value
        else { return nil }
        return (high, low)
    }

    static func + (lhs: Self, rhs: Self) -> Self {
        var carry = 0
        var bits: [Bool] = []
        for index in 0...max(lhs.bits.count, rhs.bits.count) {
            let sum = lhs.bit(index) + rhs.bit(index) + carry
            bits.append(sum & 1 == 1)
            carry = sum >> 1
        }
        return ReferenceInteger(bits: bits)
    }

    /// The difference, or nil below zero.
    static func - (lhs: Self, rhs: Self) -> Self? {
        var borrow = 0
        var bits: [Bool] = []
        for index in 0..<max(lhs.bits.count, rhs.bits.count) {
            let difference = lhs.bit(index) - rhs.bit(index) - borrow
            bits.append(difference & 1 == 1)
            borrow = difference < 0 ? 1 : 0
        }
        return borrow == 0 ? ReferenceInteger(bits: bits) : nil
    }

    static func * (lhs: Self, rhs: Self) -> Self {
        rhs.bits.indices.reduce(ReferenceInteger(0)) { sum, index in
            rhs.bits[index] ? sum + lhs.shifted(index) : sum
        }
    }

    /// The quotient by a divisor above zero, rounded up if asked for.
    func divided(by divisor: Self, up: Bool) -> Self {
        var quotient: [Bool] = []
        var remainder = ReferenceInteger(0)
        for bit in bits.reversed() {
            remainder = ReferenceInteger(bits: [bit] + remainder.bits)
            let rest = remainder - divisor
            quotient.append(rest != nil)
            remainder = rest ?? remainder
        }
        let floor = ReferenceInteger(bits: quotient.reversed())
        return up && remainder != ReferenceInteger(0) ? floor + ReferenceInteger(1) : floor
    }
}
