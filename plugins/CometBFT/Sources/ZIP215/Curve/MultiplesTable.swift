/// The multiples of a point from 0 to 15 times: one for each digit to the base 16.
package struct MultiplesTable: Sendable {
    /// 16 points; the one at place n is n times the point.
    private let multiples: [EdwardsPoint]

    /// The multiples of any point.
    package init(of point: EdwardsPoint) {
        var multiples = [EdwardsPoint.identity]
        multiples.reserveCapacity(16)
        var multiple = point
        for _ in 1...15 {
            multiples.append(multiple)
            multiple = multiple + point
        }
        self.multiples = multiples
    }

    /// The multiples of the base point, made once.
    package static let ofBasePoint = MultiplesTable(of: .base)

    /// The multiple for the lowest four bits of a number.
    func multiple(_ digit: Int) -> EdwardsPoint {
        multiples[digit & 15]
    }
}
