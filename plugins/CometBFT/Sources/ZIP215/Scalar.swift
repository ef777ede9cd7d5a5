/// A number modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point.
///
/// Invariant: `words` is below L.
package struct Scalar: Equatable, Sendable {
    /// The group order L (RFC 8032, section 5.1).
    package static let order = Words256(
        0x5812_631A_5CF5_D3ED,
        0x14DE_F9DE_A2F7_9CD6,
        0,
        0x1000_0000_0000_0000
    )

    /// The number itself.
    package let words: Words256

    /// A scalar that is already reduced, or nil when the number is L or more.
    package init?(canonical words: Words256) {
        guard words < Self.order else { return nil }
        self.words = words
    }

    /// The remainder of a number by L.
    ///
    /// The schoolbook way, a bit at a time: 512 steps for a hash, a few microseconds.
    ///
    /// - Parameter bytes: A number of any length, the least significant byte first.
    package init(reducing bytes: [UInt8]) {
        var remainder = Words256(0, 0, 0, 0)
        for byte in bytes.reversed() {
            for position in stride(from: 7, through: 0, by: -1) {
                // The remainder is below L < 2^253, so twice it and a bit fit, and are below 2L: one subtraction is enough.
                remainder = remainder.doubled(plus: UInt64(byte &>> UInt8(position)) & 1)
                if !(remainder < Self.order) {
                    remainder = remainder &- Self.order
                }
            }
        }
        words = remainder
    }

    /// The 64 digits to the base 16, the least significant first.
    package var hexadecimalDigits: [Int] {
        words.littleEndianBytes.flatMap { [Int($0 & 15), Int($0 &>> 4)] }
    }
}
