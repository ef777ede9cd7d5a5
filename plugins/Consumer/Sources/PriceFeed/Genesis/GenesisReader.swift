import ModuleKit
import PriceFeedEvents

/// Reads a feed's section of a genesis document. What the running feed keeps true of its state is checked here once.
struct GenesisReader {
    let settings: PriceFeedSettings
    let addresses: AddressPrefixes
    /// The time of the genesis: nothing was said after it.
    let now: Timestamp

    func fixed(_ section: JSONField) throws(ModuleError) -> PriceFeedImported {
        var found = PriceFeedImported()
        guard let field = section["fixed_price"].optional else { return found }
        found.fixedPrice.price = try price(field["price"]).shortDescription
        found.fixedPrice.timeNanoseconds = try time(field["time"])
        return found
    }

    func average(_ section: JSONField) throws(ModuleError) -> PriceFeedImported {
        var found = PriceFeedImported()
        for field in try section["reports"].optional?.array() ?? [] {
            let report = try report(field)
            guard !found.reports.contains(where: { $0.reporter == report.reporter }) else {
                throw field.invalid("the reporter has another report here; keep the later one")
            }
            found.reports.append(report)
        }
        if let field = section["series"].optional { found.series = try series(field) }
        found.checkpoints = try checkpoints(section["checkpoints"], found.hasSeries ? found.series : nil)
        return found
    }

    private func report(_ field: JSONField) throws(ModuleError) -> PriceFeedReport {
        let address = try field["reporter"].address(addresses, as: .account)
        let reporter = addresses.format(address, as: .account)
        guard settings.average.reporters.contains(reporter) else {
            throw field["reporter"].invalid("this is none of the feed's reporters; name it in its settings")
        }
        let price = try price(field["price"])
        guard !price.isZero else {
            throw field["price"].invalid("a reported price is above zero; leave the report out")
        }
        let (height, time) = (try field["height"].integer(as: UInt64.self), try time(field["time"]))
        return .with {
            $0.reporter = reporter
            $0.price = price.shortDescription
            $0.height = height
            $0.timeNanoseconds = time
        }
    }

    private func series(_ field: JSONField) throws(ModuleError) -> PriceFeedSeries {
        let price = try price(field["price"])
        guard !price.isZero else { throw field["price"].invalid("an average is above zero; leave the series out") }
        let (since, time) = (try time(field["since"]), try time(field["time"]))
        guard time <= since else { throw field["time"].invalid("the majority speaks before the median; correct it") }
        let (cumulative, hasEnded) = (try sum(field["cumulative"], at: since), try field["has_ended"].bool())
        guard !hasEnded || cumulative.isZero else {
            throw field["cumulative"].invalid("a series that has ended has a sum of 0; write that")
        }
        return .with {
            $0.price = price.shortDescription
            $0.sinceNanoseconds = since
            $0.timeNanoseconds = time
            $0.cumulative = cumulative.shortDescription
            $0.hasEnded_p = hasEnded
        }
    }

    private func checkpoints(_ field: JSONField, _ series: PriceFeedSeries?) throws(ModuleError)
        -> [PriceFeedCheckpoint]
    {
        let elements = try field.optional?.array() ?? []
        let isNeeded = series.map { !$0.hasEnded_p } ?? false
        guard isNeeded != elements.isEmpty, elements.count <= PriceFeed.checkpointsMax else {
            throw field.invalid(
                "a series that goes on has 1 to \(PriceFeed.checkpointsMax) checkpoints, and nothing else has any"
            )
        }
        var found: [PriceFeedCheckpoint] = []
        for element in elements {
            let time = try time(element["time"])
            let sum = try sum(element["cumulative"], at: time)
            if let last = found.last { try requireRise(from: last, to: time, sum, element) }
            found.append(
                .with {
                    $0.timeNanoseconds = time
                    $0.cumulative = sum.shortDescription
                }
            )
        }
        if let series, let last = found.last,
            last.cumulative != series.cumulative
                || last.timeNanoseconds != series.sinceNanoseconds
        {
            try requireRise(from: last, to: series.sinceNanoseconds, try Decimal18(series.cumulative), field)
        }
        return found
    }

    /// Makes sure that between two times the sum has risen by what some price above zero comes to.
    private func requireRise(
        from last: PriceFeedCheckpoint,
        to time: UInt64,
        _ sum: Decimal18,
        _ field: JSONField
    ) throws(ModuleError) {
        let before = Timestamp(nanoseconds: last.timeNanoseconds)
        let start = try Decimal18(last.cumulative)
        guard let span = Timestamp(nanoseconds: time).elapsed(since: before), span != .zero, sum >= start,
            try Price.sums(over: span).contains(try sum.subtracting(start))
        else {
            throw field.invalid("checkpoints rise up to the series, each sum by prices since the last; correct them")
        }
    }

    private func price(_ field: JSONField) throws(ModuleError) -> Decimal18 {
        let text = try field.string()
        do {
            return try Price.read(text)
        } catch {
            throw field.invalid(error.message)
        }
    }

    /// A sum of medians. It is at most the largest price at all times, so that no sum to come overflows.
    private func sum(_ field: JSONField, at time: UInt64) throws(ModuleError) -> Decimal18 {
        let sum = try field.decimal()
        guard sum <= (try Price.sums(over: TimeSpan(nanoseconds: time)).upperBound) else {
            throw field.invalid("the sum is above what the largest price comes to until then; correct it")
        }
        return sum
    }

    private func time(_ field: JSONField) throws(ModuleError) -> UInt64 {
        let nanoseconds = try field.integer(as: UInt64.self)
        guard nanoseconds <= now.nanoseconds else { throw field.invalid("this is after the genesis; correct it") }
        return nanoseconds
    }
}
