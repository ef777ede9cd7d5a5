extension FieldElement {
    /// An element from the lowest 255 bits of an encoding. A number of p or more is taken too, and reduced.
    package init(encoding words: Words256) {
        self.init(
            limbs: words.word0 & Self.limbMask,
            (words.word0 &>> 51 | words.word1 &<< 13) & Self.limbMask,
            (words.word1 &>> 38 | words.word2 &<< 26) & Self.limbMask,
            (words.word2 &>> 25 | words.word3 &<< 39) & Self.limbMask,
            words.word3 &>> 12 & Self.limbMask
        )
    }

    /// The number from 0 up to p - 1. Its highest bit is 0.
    package var canonicalEncoding: Words256 {
        // One pass of carries: the value is now below 2^255 + 38, since limb 4 carries at most 2, and so below 2p.
        let carried1 = limb1 &+ limb0 &>> 51
        let carried2 = limb2 &+ carried1 &>> 51
        let carried3 = limb3 &+ carried2 &>> 51
        let carried4 = limb4 &+ carried3 &>> 51
        let carried0 = limb0 & Self.limbMask &+ (carried4 &>> 51) &* 19
        let limbs = (
            carried0, carried1 & Self.limbMask, carried2 & Self.limbMask, carried3 & Self.limbMask,
            carried4 & Self.limbMask
        )
        // p or more exactly when the value plus 19 reaches 2^255; then adding 19 and dropping bit 255 subtracts p.
        var excess = (limbs.0 &+ 19) &>> 51
        excess = (limbs.1 &+ excess) &>> 51
        excess = (limbs.2 &+ excess) &>> 51
        excess = (limbs.3 &+ excess) &>> 51
        excess = (limbs.4 &+ excess) &>> 51

        let reduced0 = limbs.0 &+ excess &* 19
        let reduced1 = limbs.1 &+ reduced0 &>> 51
        let reduced2 = limbs.2 &+ reduced1 &>> 51
        let reduced3 = limbs.3 &+ reduced2 &>> 51
        let reduced4 = limbs.4 &+ reduced3 &>> 51
        return Self.packed(reduced0, reduced1, reduced2, reduced3, reduced4)
    }

    /// Whether the number is 0.
    package var isZero: Bool {
        canonicalEncoding == Words256(0, 0, 0, 0)
    }

    /// Whether the number from 0 up to p - 1 is odd. RFC 8032 calls an odd x negative.
    package var isOdd: Bool {
        canonicalEncoding.word0 & 1 == 1
    }

    /// The lowest 51 bits of each limb, side by side.
    private static func packed(
        _ limb0: UInt64,
        _ limb1: UInt64,
        _ limb2: UInt64,
        _ limb3: UInt64,
        _ limb4: UInt64
    ) -> Words256 {
        let (low1, low2, low3) = (limb1 & limbMask, limb2 & limbMask, limb3 & limbMask)
        return Words256(
            limb0 & limbMask | low1 &<< 51,
            low1 &>> 13 | low2 &<< 38,
            low2 &>> 26 | low3 &<< 25,
            low3 &>> 39 | (limb4 & limbMask) &<< 12
        )
    }
}

extension FieldElement: Equatable {
    package static func == (left: FieldElement, right: FieldElement) -> Bool {
        left.canonicalEncoding == right.canonicalEncoding
    }
}
