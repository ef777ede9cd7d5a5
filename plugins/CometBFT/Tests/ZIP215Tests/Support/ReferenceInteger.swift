import ZIP215

/// A natural number of any size, slow and plain: what the field and the scalars are compared with.
struct ReferenceInteger: Equatable {
    /// Digits to the base 2^32, the least significant first, without zeros at the end.
    private var digits: [UInt32]

    private init(digits: [UInt32]) {
        self.digits = digits
        while self.digits.last == 0 { self.digits.removeLast() }
    }

    init(_ number: UInt64) {
        self.init(digits: [UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32)])
    }

    init(littleEndian bytes: [UInt8]) {
        var digits = [UInt32](repeating: 0, count: bytes.count / 4 + 1)
        for (place, byte) in bytes.enumerated() {
            digits[place / 4] |= UInt32(byte) << UInt32(place % 4 * 8)
        }
        self.init(digits: digits)
    }

    init(_ words: Words256) {
        self.init(littleEndian: words.littleEndianBytes)
    }

    /// 2^255 - 19.
    static let p = ReferenceInteger(1).shifted(by: 255) - ReferenceInteger(19)
    /// 2^252 + 27742317777372353535851937790883648493, from the 128 bits of the second number.
    static let order =
        ReferenceInteger(1).shifted(by: 252) + ReferenceInteger(0x14DE_F9DE_A2F7_9CD6).shifted(by: 64)
        + ReferenceInteger(0x5812_631A_5CF5_D3ED)

    /// The lowest 32 bytes, the least significant first.
    var littleEndianBytes: [UInt8] {
        (0..<32).map { place in
            place / 4 < digits.count ? UInt8(truncatingIfNeeded: digits[place / 4] >> UInt32(place % 4 * 8)) : 0
        }
    }

    var bitWidth: Int {
        digits.last.map { digits.count * 32 - $0.leadingZeroBitCount } ?? 0
    }

    func shifted(by count: Int) -> ReferenceInteger {
        let whole = [UInt32](repeating: 0, count: count / 32)
        return ReferenceInteger(digits: whole + digits) * ReferenceInteger(digits: [1 << UInt32(count % 32)])
    }

    static func < (left: ReferenceInteger, right: ReferenceInteger) -> Bool {
        if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
        return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
    }

    static func + (left: ReferenceInteger, right: ReferenceInteger) -> ReferenceInteger {
        var sum: [UInt32] = []
        var carry: UInt64 = 0
        for place in 0...max(left.digits.count, right.digits.count) {
            carry += UInt64(place < left.digits.count ? left.digits[place] : 0)
            carry += UInt64(place < right.digits.count ? right.digits[place] : 0)
            sum.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        return ReferenceInteger(digits: sum)
    }

    /// The difference; `left` must not be smaller.
    static func - (left: ReferenceInteger, right: ReferenceInteger) -> ReferenceInteger {
        var difference: [UInt32] = []
        var borrow: Int64 = 0
        for place in left.digits.indices {
            let digit = Int64(left.digits[place]) - Int64(place < right.digits.count ? right.digits[place] : 0) + borrow
            difference.append(UInt32(truncatingIfNeeded: digit))
            borrow = digit < 0 ? -1 : 0
        }
        return ReferenceInteger(digits: difference)
    }

    static func * (left: ReferenceInteger, right: ReferenceInteger) -> ReferenceInteger {
        var product = [UInt32](repeating: 0, count: left.digits.count + right.digits.count + 1)
        for (leftPlace, leftDigit) in left.digits.enumerated() {
            var carry: UInt64 = 0
            for (rightPlace, rightDigit) in right.digits.enumerated() {
                carry += UInt64(leftDigit) * UInt64(rightDigit) + UInt64(product[leftPlace + rightPlace])
                product[leftPlace + rightPlace] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            product[leftPlace + right.digits.count] = UInt32(truncatingIfNeeded: carry)
        }
        return ReferenceInteger(digits: product)
    }

    /// The remainder, by long division a bit at a time.
    static func % (left: ReferenceInteger, right: ReferenceInteger) -> ReferenceInteger {
        var remainder = left
        for shift in stride(from: left.bitWidth - right.bitWidth, through: 0, by: -1) {
            let multiple = right.shifted(by: shift)
            if !(remainder < multiple) { remainder = remainder - multiple }
        }
        return remainder
    }
}
