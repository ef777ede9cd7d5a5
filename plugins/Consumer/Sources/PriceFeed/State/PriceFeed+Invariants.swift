public import ModuleKit
import PriceFeedEvents

extension PriceFeed {
    /// What must always hold: a feed keeps what its kind needs and nothing else; reports are of reporters, above zero, and one
    /// for each; checkpoints are few, rise, and lie within the series.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        guard let settings = try settings.value(in: state) else { return [] }
        return try kindViolations(settings, state) + reportViolations(settings, state) + seriesViolations(state)
    }

    private func kindViolations(_ settings: PriceFeedSettings, _ state: StateReader) throws(ModuleError)
        -> [InvariantViolation]
    {
        let hasPrice = try fixedPrice.value(in: state) != nil
        let hasReports = try !reports.entries(in: state, limit: 1).isEmpty
        let hasSeries = try series.value(in: state) != nil
        guard settings.isFixed ? hasReports || hasSeries : hasPrice else { return [] }
        return [
            InvariantViolation(
                "kind-of-feed",
                "a \(settings.isFixed ? "fixed feed has reports" : "feed that averages has a price that was set")"
            )
        ]
    }

    private func reportViolations(_ settings: PriceFeedSettings, _ state: StateReader) throws(ModuleError)
        -> [InvariantViolation]
    {
        var violations: [InvariantViolation] = []
        try reports.forEach(in: state) { (key, report) throws(ModuleError) in
            let price = try Decimal18(report.price)
            let isNamed = settings.average.reporters.contains(report.reporter)
            let isInPlace = try key == Address(bech32: report.reporter)
            if !isNamed || !isInPlace || price.isZero || price > Price.largest {
                violations.append(InvariantViolation("reports-of-reporters", "\(report.reporter) saw \(price)"))
            }
            return true
        }
        return violations
    }

    private func seriesViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        let series = try series.value(in: state).map(PriceSeries.init(_:))
        let kept = try checkpoints.entries(in: state, limit: Self.checkpointsMax + 1)
        if kept.count > Self.checkpointsMax {
            violations.append(InvariantViolation("checkpoints-bounded", "more than \(Self.checkpointsMax) are kept"))
        }
        if (series.map { $0.hasEnded } ?? true) != kept.isEmpty {
            violations.append(InvariantViolation("checkpoints-of-series", "\(kept.count) are kept; a series has some"))
        }
        if let series, series.time > series.since || series.price.isZero || series.price > Price.largest {
            violations.append(InvariantViolation("series-in-order", "\(series)"))
        }
        var last = Decimal18.zero
        for (key, checkpoint) in kept {
            let sum = try Decimal18(checkpoint.cumulative)
            let isWithin = series.map { key <= $0.since.nanoseconds && sum <= $0.cumulative } ?? false
            if checkpoint.timeNanoseconds != key || sum < last || !isWithin {
                violations.append(InvariantViolation("checkpoints-rise", "the sum at \(key) is \(sum)"))
            }
            last = sum
        }
        return violations
    }
}
