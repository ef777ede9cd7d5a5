/// A point of edwards25519, the curve -x^2 + y^2 = 1 + d * x^2 * y^2 over the field modulo 2^255 - 19.
///
/// Extended coordinates: the point (x, y) is any (X, Y, Z, T) with x = X / Z, y = Y / Z and x * y = T / Z (Hisil, Wong,
/// Carter, Dawson, "Twisted Edwards Curves Revisited", 2008).
///
/// Invariant: the coordinates are those of a point, and Z is not 0. Sums keep it for all points, those of small order
/// too: -1 is a square modulo p and d is none, which makes the formulas complete.
package struct EdwardsPoint: Sendable {
    /// The coordinates X, Y, Z and T.
    package let x, y, z, t: FieldElement

    init(x: FieldElement, y: FieldElement, z: FieldElement, t: FieldElement) {
        self.x = x
        self.y = y
        self.z = z
        self.t = t
    }

    /// A point from coordinates that satisfy the curve's equation.
    init(onCurve x: FieldElement, _ y: FieldElement) {
        self.init(x: x, y: y, z: .one, t: x * y)
    }

    /// The neutral element, (0, 1).
    package static let identity = EdwardsPoint(onCurve: .zero, .one)

    /// Whether this is the neutral element.
    package var isIdentity: Bool {
        x.isZero && y == z
    }
}

extension EdwardsPoint {
    /// The sum. Takes 9 multiplications ("add-2008-hwcd-3" of the Explicit-Formulas Database, whose letters these are).
    package static func + (left: EdwardsPoint, right: EdwardsPoint) -> EdwardsPoint {
        let a = (left.y - left.x) * (right.y - right.x)
        let b = (left.y + left.x) * (right.y + right.x)
        let c = left.t * twiceD * right.t
        let product = left.z * right.z
        let d = product + product
        return EdwardsPoint(e: b - a, f: d - c, g: d + c, h: b + a)
    }

    /// The point added to itself. Takes 4 squarings and 4 multiplications ("dbl-2008-hwcd").
    package func doubled() -> EdwardsPoint {
        let a = x.squared()
        let b = y.squared()
        let square = z.squared()
        let c = square + square
        let g = b - a
        return EdwardsPoint(e: (x + y).squared() - a - b, f: g - c, g: g, h: -a - b)
    }

    package static prefix func - (point: EdwardsPoint) -> EdwardsPoint {
        EdwardsPoint(x: -point.x, y: point.y, z: point.z, t: -point.t)
    }

    /// The last step that both formulas share.
    private init(e: FieldElement, f: FieldElement, g: FieldElement, h: FieldElement) {
        self.init(x: e * f, y: g * h, z: f * g, t: e * h)
    }
}
