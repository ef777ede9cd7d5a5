public import ModuleKit
public import PriceFeedEvents

extension PriceFeed {
    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `priceAskedForPast` for a time before the last word of the feed; `invalidState` before the instance was
    ///   configured; `invalidArgument` for an empty question.
    public func answer(_ query: PriceFeedQuery, _ state: StateReader) throws(ModuleError) -> PriceFeedAnswer {
        var answer = PriceFeedAnswer()
        switch query.query {
        case .price(let query):
            let now = query.hasTimeNanoseconds ? Timestamp(nanoseconds: query.timeNanoseconds) : nil
            answer.price = try price(at: now, state)
        case .settings: answer.settings = try requireSettings(state)
        case .reports:
            answer.reports = PriceFeedReports()
            try reports.forEach(in: state) { (_, report) throws(ModuleError) in
                answer.reports.reports.append(report)
                return true
            }
        case nil:
            throw ModuleError(.invalidArgument, "the query asks for nothing: set price, settings or reports")
        }
        return answer
    }

    /// The price at a time, or at the feed's last word, when nothing is fresh. Zero and never fresh while there is none.
    private func price(at now: Timestamp?, _ state: StateReader) throws(ModuleError) -> PriceFeedPrice {
        let settings = try requireSettings(state)
        let found: (price: Decimal18, time: Timestamp, isHeld: Bool)
        if settings.isFixed {
            guard let fixed = try fixedPrice.value(in: state) else { return .none }
            let time = Timestamp(nanoseconds: fixed.timeNanoseconds)
            let now = try requireNotPast(now, time)
            found = (
                try Decimal18(fixed.price), time, now.map { $0 <= time.saturatingAdding(settings.maximumAge) } ?? false
            )
        } else {
            guard let series = try series.value(in: state) else { return .none }
            let since = Timestamp(nanoseconds: series.sinceNanoseconds)
            let now = try requireNotPast(now, since)
            guard let last = try lastAverage(at: now ?? since, settings, state) else { return .none }
            found = (
                last.average, last.series.time, now.map { last.series.isHeld(at: $0, settings.maximumAge) } ?? false
            )
        }
        return .with {
            $0.price = found.price.shortDescription
            $0.timeNanoseconds = found.time.nanoseconds
            $0.isFresh = found.isHeld && !found.price.isZero
        }
    }

    private func requireNotPast(_ now: Timestamp?, _ last: Timestamp) throws(ModuleError) -> Timestamp? {
        guard let now else { return nil }
        guard now >= last else {
            throw ModuleError(
                .priceAskedForPast,
                "\(now) is before \(last), when the feed last had a word: ask for the time of the last block"
            )
        }
        return now
    }
}

extension PriceFeedPrice {
    /// There is no price yet.
    fileprivate static var none: PriceFeedPrice { .with { $0.price = Decimal18.zero.shortDescription } }
}
