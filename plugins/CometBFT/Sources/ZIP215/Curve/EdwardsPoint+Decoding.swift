extension EdwardsPoint {
    /// The curve's d = -121665 / 121666 (RFC 8032, section 5.1).
    package static let d = -FieldElement(121_665) * FieldElement(121_666).inverse
    static let twiceD = d + d

    /// The base point B: y is 4 / 5 and x is even (RFC 8032, section 5.1).
    package static let base: EdwardsPoint = {
        let y = FieldElement(4) * FieldElement(5).inverse
        return EdwardsPoint(onCurve: abscissa(ofOrdinate: y).x.withParity(odd: false), y)
    }()

    /// A point from its encoding by the rules of ZIP-215, or nil when no point has that y.
    ///
    /// The lowest 255 bits are y, the highest is whether x is odd. A y of p or more is reduced. Where x is 0 the sign bit
    /// has no meaning, and both are taken.
    package init?(decoding encoding: Words256) {
        let y = FieldElement(encoding: encoding)
        let (x, exists) = Self.abscissa(ofOrdinate: y)
        guard exists else { return nil }
        self.init(onCurve: x.withParity(odd: encoding.hasTopBit), y)
    }

    /// One of the two x that make a point with y, when there are any.
    private static func abscissa(ofOrdinate y: FieldElement) -> (x: FieldElement, exists: Bool) {
        // x^2 = (y^2 - 1) / (d * y^2 + 1). The denominator is never 0: -1 / d is not a square.
        let square = y.squared()
        let (root, isSquare) = FieldElement.squareRoot(ofRatio: square - .one, d * square + .one)
        return (root, isSquare)
    }
}

extension FieldElement {
    /// This number or its negative, whichever has the parity; 0 stays 0.
    fileprivate func withParity(odd: Bool) -> FieldElement {
        isOdd == odd ? self : -self
    }
}
