import ZIP215

/// What only tests need of points: to encode them, and to multiply them in the plainest way.
extension EdwardsPoint {
    /// The canonical encoding: y, and whether x is odd at the top.
    var encoding: [UInt8] {
        let inverse = z.inverse
        var bytes = (y * inverse).canonicalEncoding.littleEndianBytes
        if (x * inverse).isOdd { bytes[31] |= 0x80 }
        return bytes
    }

    /// Whether the coordinates are those of a point: of the curve's equation, and x * y = T / Z.
    var isOnCurve: Bool {
        let (xx, yy, zz) = (x.squared(), y.squared(), z.squared())
        return (yy - xx) * zz == zz.squared() + Self.d * xx * yy && x * y == z * t && !z.isZero
    }

    /// The multiple by a number of any size, by double and add.
    func multiplied(by number: [UInt8]) -> EdwardsPoint {
        var product = EdwardsPoint.identity
        for byte in number.reversed() {
            for position in (0..<8).reversed() {
                product = product + product
                if byte >> UInt8(position) & 1 == 1 { product = product + self }
            }
        }
        return product
    }
}
