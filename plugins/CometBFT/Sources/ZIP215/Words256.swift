/// 256 bits as four 64-bit words: a number below 2^256, or the encoding of a point.
package struct Words256: Equatable, Sendable {
    /// The length of the encoding in bytes.
    package static let byteCount = 32

    /// The words, the least significant first.
    package let word0, word1, word2, word3: UInt64

    /// A number from its words, the least significant first.
    package init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        self.word0 = word0
        self.word1 = word1
        self.word2 = word2
        self.word3 = word3
    }

    /// A number from its bytes, the least significant first, or nil when they aren't exactly 32.
    package init?(littleEndian bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        // Each byte enters at the top and moves the whole number down by 8 bits; after 32 of them the first is lowest.
        for byte in bytes {
            words.0 = words.0 &>> 8 | words.1 &<< 56
            words.1 = words.1 &>> 8 | words.2 &<< 56
            words.2 = words.2 &>> 8 | words.3 &<< 56
            words.3 = words.3 &>> 8 | UInt64(byte) &<< 56
        }
        self.init(words.0, words.1, words.2, words.3)
    }

    /// The 32 bytes, the least significant first.
    package var littleEndianBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for word in [word0, word1, word2, word3] {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word &>> shift))
            }
        }
        return bytes
    }

    /// Whether the most significant bit is set: the sign of x in the encoding of a point.
    package var hasTopBit: Bool {
        word3 &>> 63 == 1
    }
}

extension Words256: Comparable {
    package static func < (left: Words256, right: Words256) -> Bool {
        if left.word3 != right.word3 { return left.word3 < right.word3 }
        if left.word2 != right.word2 { return left.word2 < right.word2 }
        if left.word1 != right.word1 { return left.word1 < right.word1 }
        return left.word0 < right.word0
    }

    /// The difference modulo 2^256.
    package static func &- (left: Words256, right: Words256) -> Words256 {
        let (word0, borrow0) = subtract(right.word0, 0, from: left.word0)
        let (word1, borrow1) = subtract(right.word1, borrow0, from: left.word1)
        let (word2, borrow2) = subtract(right.word2, borrow1, from: left.word2)
        let (word3, _) = subtract(right.word3, borrow2, from: left.word3)
        return Words256(word0, word1, word2, word3)
    }

    /// Twice the number plus a bit of 0 or 1, modulo 2^256.
    package func doubled(plus bit: UInt64) -> Words256 {
        Words256(
            word0 &<< 1 | bit,
            word1 &<< 1 | word0 &>> 63,
            word2 &<< 1 | word1 &>> 63,
            word3 &<< 1 | word2 &>> 63
        )
    }

    /// One word of a subtraction. At most one of the two steps borrows: the first leaves 1 or more when it does.
    private static func subtract(
        _ word: UInt64,
        _ borrow: UInt64,
        from minuend: UInt64
    ) -> (difference: UInt64, borrow: UInt64) {
        let first = minuend.subtractingReportingOverflow(word)
        let second = first.partialValue.subtractingReportingOverflow(borrow)
        return (second.partialValue, first.overflow || second.overflow ? 1 : 0)
    }
}
