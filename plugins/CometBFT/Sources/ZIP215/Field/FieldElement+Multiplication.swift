extension FieldElement {
    package static func * (left: FieldElement, right: FieldElement) -> FieldElement {
        let (a0, a1, a2, a3, a4) = (left.limb0, left.limb1, left.limb2, left.limb3, left.limb4)
        let (b0, b1, b2, b3, b4) = (right.limb0, right.limb1, right.limb2, right.limb3, right.limb4)
        // What lies at 2^255 and above comes back at the bottom, 19 times. These stay below 2^57.
        let (c1, c2, c3, c4) = (b1 &* 19, b2 &* 19, b3 &* 19, b4 &* 19)
        return FieldElement(
            carrying: WideSum((a0, b0), (a1, c4), (a2, c3)).adding((a3, c2), (a4, c1)),
            WideSum((a0, b1), (a1, b0), (a2, c4)).adding((a3, c3), (a4, c2)),
            WideSum((a0, b2), (a1, b1), (a2, b0)).adding((a3, c4), (a4, c3)),
            WideSum((a0, b3), (a1, b2), (a2, b1)).adding((a3, b0), (a4, c4)),
            WideSum((a0, b4), (a1, b3), (a2, b2)).adding((a3, b1), (a4, b0))
        )
    }

    /// The square. The same as a product with itself, in 15 multiplications of words instead of 25.
    package func squared() -> FieldElement {
        let (a0, a1, a2, a3, a4) = (limb0, limb1, limb2, limb3, limb4)
        // Below 2^58, and the doubled ones below 2^53.
        let (twice0, twice1, twice2) = (a0 &* 2, a1 &* 2, a2 &* 2)
        let (c3, c4) = (a3 &* 19, a4 &* 19)
        return FieldElement(
            carrying: WideSum((a0, a0), (twice1, c4), (twice2, c3)),
            WideSum((twice0, a1), (twice2, c4), (a3, c3)),
            WideSum((twice0, a2), (a1, a1), (a3 &* 2, c4)),
            WideSum((twice0, a3), (twice1, a2), (a4, c4)),
            WideSum((twice0, a4), (twice1, a3), (a2, a2))
        )
    }

    /// The number squared again and again: its power by 2^times.
    package func squared(times: Int) -> FieldElement {
        var result = self
        for _ in 0..<max(times, 0) {
            result = result.squared()
        }
        return result
    }

    /// An element from five sums of products of limbs.
    ///
    /// A sum has at most one product below 2^104 and four below 19 * 2^104, so it is below 2^111, and its carry below
    /// 2^60. The highest has no factor 19: it is below 2^107, its carry below 2^56, and 19 times that below 2^61. So
    /// `lowest` is below 2^62, and the second limb ends below 2^51 + 2^11.
    private init(carrying sum0: WideSum, _ sum1: WideSum, _ sum2: WideSum, _ sum3: WideSum, _ sum4: WideSum) {
        let carried1 = sum1.adding(sum0.above51)
        let carried2 = sum2.adding(carried1.above51)
        let carried3 = sum3.adding(carried2.above51)
        let carried4 = sum4.adding(carried3.above51)
        let lowest = sum0.below51 &+ carried4.above51 &* 19
        self.init(
            limbs: lowest & Self.limbMask,
            carried1.below51 &+ lowest &>> 51,
            carried2.below51,
            carried3.below51,
            carried4.below51
        )
    }
}
