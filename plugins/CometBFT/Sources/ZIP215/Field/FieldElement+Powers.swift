extension FieldElement {
    /// The inverse, or 0 for 0: the power by p - 2, by Fermat's little theorem.
    package var inverse: FieldElement {
        // p - 2 = 2^255 - 21 = (2^250 - 1) * 2^5 + 11
        let square = squared()
        let power11 = square.squared(times: 2) * square * self
        return powerBy250Ones.squared(times: 5) * power11
    }

    /// The power by (p - 5) / 8, of which square roots are made.
    package var powerForSquareRoot: FieldElement {
        // (p - 5) / 8 = 2^252 - 3 = (2^250 - 1) * 2^2 + 1
        powerBy250Ones.squared(times: 2) * self
    }

    /// A number whose square is -1: 2^((p - 1) / 4), because 2 is not a square modulo p.
    package static let squareRootOfMinusOne: FieldElement = {
        // (p - 1) / 4 = 2^253 - 5 = (2^250 - 1) * 2^3 + 3
        let two = FieldElement(2)
        return two.powerBy250Ones.squared(times: 3) * FieldElement(8)
    }()

    /// A square root of a ratio, when there is one.
    ///
    /// - Parameter denominator: Not 0.
    /// - Returns: `root` with root^2 = numerator / denominator where `isSquare`; it is one of two, and which one is not
    ///   specified. Otherwise `root` means nothing.
    package static func squareRoot(
        ofRatio numerator: FieldElement,
        _ denominator: FieldElement
    ) -> (root: FieldElement, isSquare: Bool) {
        // RFC 8032, section 5.1.3: x = u * v^3 * (u * v^7)^((p - 5) / 8) solves v * x^2 = ±u if anything does.
        let cube = denominator.squared() * denominator
        let seventh = cube.squared() * denominator
        let candidate = numerator * cube * (numerator * seventh).powerForSquareRoot
        let check = denominator * candidate.squared()
        if check == numerator { return (candidate, true) }
        return (candidate * squareRootOfMinusOne, check == -numerator)
    }

    /// The power by 2^250 - 1, a number of 250 ones in binary.
    private var powerBy250Ones: FieldElement {
        // A power by m ones, squared n times, makes room for n ones more.
        let ones2 = squared() * self
        let ones4 = ones2.squared(times: 2) * ones2
        let ones5 = ones4.squared() * self
        let ones10 = ones5.squared(times: 5) * ones5
        let ones20 = ones10.squared(times: 10) * ones10
        let ones40 = ones20.squared(times: 20) * ones20
        let ones50 = ones40.squared(times: 10) * ones10
        let ones100 = ones50.squared(times: 50) * ones50
        let ones200 = ones100.squared(times: 100) * ones100
        return ones200.squared(times: 50) * ones50
    }
}
