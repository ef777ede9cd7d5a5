import ModuleKit
import PriceFeedEvents

/// The running average of medians: a step function of time, of which only the running sum is kept.
///
/// `sum(t)` is the medians up to `t`, each times the nanoseconds for which it held. The average between two times is the
/// difference of the sums over the difference of the times. The last median holds until the majority behind it is older than
/// the maximum age; then the series is over, because nothing is known of the time after.
struct PriceSeries {
    /// The median, or the last average once the series has ended.
    let price: Decimal18
    /// When the median was last reckoned.
    let since: Timestamp
    /// Of the reports that the majority needs, when the oldest one was made. Never after `since`.
    let time: Timestamp
    /// The sum at `since`.
    let cumulative: Decimal18
    /// Whether it was ended before its time, by other settings.
    let hasEnded: Bool

    /// Begins a series.
    init(_ median: Median, at time: Timestamp) {
        self.init(price: median.price, since: time, time: median.time, cumulative: .zero, hasEnded: false)
    }

    private init(price: Decimal18, since: Timestamp, time: Timestamp, cumulative: Decimal18, hasEnded: Bool) {
        self.price = price
        self.since = since
        self.time = time
        self.cumulative = cumulative
        self.hasEnded = hasEnded
    }

    /// Until when the last median holds.
    func end(_ maximumAge: TimeSpan) -> Timestamp {
        hasEnded ? since : time.saturatingAdding(maximumAge)
    }

    /// Whether the series goes on at a time.
    func isHeld(at now: Timestamp, _ maximumAge: TimeSpan) -> Bool {
        !hasEnded && now <= end(maximumAge)
    }

    /// The sum at a time from `since` up to the end.
    ///
    /// - Throws: `arithmeticOverflow`, which prices up to `Price.largest` never reach.
    func sum(at now: Timestamp) throws(ModuleError) -> Decimal18 {
        let held = now.elapsed(since: since) ?? .zero
        return try cumulative.adding(try price.multiplied(by: Amount(UInt128(held.nanoseconds))))
    }

    /// The series with another median from a time on.
    func continued(with median: Median, at now: Timestamp) throws(ModuleError) -> PriceSeries {
        PriceSeries(
            price: median.price,
            since: now,
            time: median.time,
            cumulative: try sum(at: now),
            hasEnded: false
        )
    }

    /// The series at its end, with its last average.
    func ended(on average: Decimal18) -> PriceSeries {
        PriceSeries(price: average, since: since, time: time, cumulative: .zero, hasEnded: true)
    }
}

extension PriceSeries {
    init(_ stored: PriceFeedSeries) throws(ModuleError) {
        self.init(
            price: try Decimal18(stored.price),
            since: Timestamp(nanoseconds: stored.sinceNanoseconds),
            time: Timestamp(nanoseconds: stored.timeNanoseconds),
            cumulative: try Decimal18(stored.cumulative),
            hasEnded: stored.hasEnded_p
        )
    }

    var stored: PriceFeedSeries {
        .with {
            $0.price = price.shortDescription
            $0.sinceNanoseconds = since.nanoseconds
            $0.timeNanoseconds = time.nanoseconds
            $0.cumulative = cumulative.shortDescription
            $0.hasEnded_p = hasEnded
        }
    }
}
