extension TimeSpan {
    /// Reads the texts that Cosmos chains write.
    ///
    /// - `1814400s`, `1209600.5s`: seconds with up to nine fraction digits (Protocol Buffers).
    /// - `172800000000000`: nanoseconds (Cosmos SDK up to 0.39).
    /// - `504h0m0s`, `1m0.5s`, `15ms`: units from long to short, each at most once; only the last may have a fraction (Go).
    ///
    /// - Throws: `invalidTimeSpan`; `arithmeticOverflow` above the longest span.
    public init(_ text: String) throws(ModuleError) {
        var reader = TimeSpanReader(text)
        self.init(nanoseconds: try reader.nanoseconds())
    }
}

extension TimeSpan: CustomStringConvertible {
    /// The seconds, with as many fraction digits as it takes: `1209600.5s`.
    public var description: String {
        "\(wholeSeconds)\(fractionText(nanoseconds: nanoseconds % 1_000_000_000))s"
    }
}

/// A fraction of a second with its point, without trailing zeros; empty for zero.
func fractionText(nanoseconds: UInt64) -> String {
    guard nanoseconds > 0 else { return "" }
    let digits = nanoseconds.description
    var text = "." + String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
    while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
    return text
}

/// Reads one time span.
private struct TimeSpanReader {
    private let text: String
    private var rest: Substring.UTF8View

    init(_ text: String) {
        self.text = text
        self.rest = text[...].utf8
    }

    mutating func nanoseconds() throws(ModuleError) -> UInt64 {
        guard !rest.isEmpty else { throw failure("is empty; write 0s for none") }
        if rest.allSatisfy(isDigit) { return try whole(takeDigits()) }
        var total: UInt64 = 0
        var limit = UInt64.max
        var isComplete = false
        while !rest.isEmpty {
            guard !isComplete else { throw failure("has a fraction before its last unit; only the last may have one") }
            let digits = takeDigits()
            guard !digits.isEmpty else { throw failure("has a unit without a number; write digits before each unit") }
            var fraction = rest.prefix(0)
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                fraction = takeDigits()
                guard !fraction.isEmpty else { throw failure("has no digit after the point; leave the point out") }
                isComplete = true
            }
            let unit = try takeUnit()
            guard unit < limit else { throw failure("has its units out of order; write each once, the longest first") }
            limit = unit
            let (product, overflowA) = try whole(digits).multipliedReportingOverflow(by: unit)
            let (sum, overflowB) = product.addingReportingOverflow(try part(fraction, of: unit))
            let (next, overflowC) = total.addingReportingOverflow(sum)
            guard !overflowA, !overflowB, !overflowC else { throw TimeSpan.tooLong(quoted(text)) }
            total = next
        }
        return total
    }

    private mutating func takeDigits() -> Substring.UTF8View {
        let digits = rest.prefix(while: isDigit)
        rest = rest[digits.endIndex...]
        return digits
    }

    private func whole(_ digits: Substring.UTF8View) throws(ModuleError) -> UInt64 {
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else {
            throw failure("has a leading zero; write it without")
        }
        guard let value = UInt128(digits: digits).flatMap({ UInt64(exactly: $0) }) else {
            throw TimeSpan.tooLong(quoted(text))
        }
        return value
    }

    /// The nanoseconds of a unit's fraction, which must be whole.
    private func part(_ digits: Substring.UTF8View, of unit: UInt64) throws(ModuleError) -> UInt64 {
        guard digits.count <= 18, let numerator = UInt128(digits: digits) else {
            throw failure("has more than 18 fraction digits; round it")
        }
        let denominator = digits.reduce(1 as UInt128) { power, _ in power * 10 }
        let (nanoseconds, rest) = (numerator * UInt128(unit)).quotientAndRemainder(dividingBy: denominator)
        guard rest == 0 else { throw failure("is not a whole number of nanoseconds; round it") }
        // Below one unit, so it fits.
        return UInt64(truncatingIfNeeded: nanoseconds)
    }

    /// The nanoseconds of the unit that comes next.
    private mutating func takeUnit() throws(ModuleError) -> UInt64 {
        let units: [(name: String, nanoseconds: UInt64)] = [
            ("ns", 1), ("us", 1000), ("µs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
            ("m", 60_000_000_000), ("h", 3_600_000_000_000),
        ]
        let name = rest.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
        guard let unit = units.first(where: { $0.name.utf8.elementsEqual(name) }) else {
            throw failure("has the unit \(quoted(String(Substring(name)))); use h, m, s, ms, us or ns, and no sign")
        }
        rest = rest[name.endIndex...]
        return unit.nanoseconds
    }

    private func failure(_ fault: String) -> ModuleError {
        ModuleError(.invalidTimeSpan, "time span \(quoted(text)) \(fault)")
    }
}
