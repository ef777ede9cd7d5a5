/// An element of the field of integers modulo p = 2^255 - 19.
///
/// Five limbs to the base 2^51, the least significant first. An element has several representations; `==` and the
/// canonical encoding see the number, not the limbs.
///
/// Invariant: every limb is below 2^52. Each operation takes that for granted and restores it, so elements can be
/// combined in any order. That is why wrapping operators are right here: no intermediate value reaches 2^64, or 2^115 in
/// a `WideSum`.
package struct FieldElement: Sendable {
    /// The lowest 51 bits of a word.
    static let limbMask: UInt64 = (1 &<< 51) &- 1

    /// The limbs, the least significant first.
    package let limb0, limb1, limb2, limb3, limb4: UInt64

    /// An element from limbs, each of them below 2^52.
    package init(limbs limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, _ limb4: UInt64) {
        self.limb0 = limb0
        self.limb1 = limb1
        self.limb2 = limb2
        self.limb3 = limb3
        self.limb4 = limb4
    }

    /// A small number.
    package init(_ number: UInt32) {
        self.init(limbs: UInt64(number), 0, 0, 0, 0)
    }

    /// The number 0.
    package static let zero = FieldElement(0)
    /// The number 1.
    package static let one = FieldElement(1)
}

extension FieldElement {
    package static func + (left: FieldElement, right: FieldElement) -> FieldElement {
        // Below 2^53.
        FieldElement(
            carrying: left.limb0 &+ right.limb0,
            left.limb1 &+ right.limb1,
            left.limb2 &+ right.limb2,
            left.limb3 &+ right.limb3,
            left.limb4 &+ right.limb4
        )
    }

    package static func - (left: FieldElement, right: FieldElement) -> FieldElement {
        // 4p is added limb by limb, so that no limb falls below 0: its limbs are above 2^52. The results are below
        // 2^52 + 2^53.
        let lowest: UInt64 = (1 &<< 53) &- 76
        let other: UInt64 = (1 &<< 53) &- 4
        return FieldElement(
            carrying: left.limb0 &+ lowest &- right.limb0,
            left.limb1 &+ other &- right.limb1,
            left.limb2 &+ other &- right.limb2,
            left.limb3 &+ other &- right.limb3,
            left.limb4 &+ other &- right.limb4
        )
    }

    package static prefix func - (element: FieldElement) -> FieldElement {
        .zero - element
    }

    /// An element from limbs below 2^54, whose carries move up by one limb.
    ///
    /// A carry is below 8, and 2^255 is 19 modulo p: the limbs end below 2^51 + 152.
    private init(carrying limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, _ limb4: UInt64) {
        self.init(
            limbs: limb0 & Self.limbMask &+ (limb4 &>> 51) &* 19,
            limb1 & Self.limbMask &+ limb0 &>> 51,
            limb2 & Self.limbMask &+ limb1 &>> 51,
            limb3 & Self.limbMask &+ limb2 &>> 51,
            limb4 & Self.limbMask &+ limb3 &>> 51
        )
    }
}
