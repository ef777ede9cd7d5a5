import ModuleKit
import PriceFeedEvents

/// How the running average is kept: by a sum, and by what the sum was at some earlier times, so that its cost and its size don't
/// grow with the number of reports.
extension PriceFeed {
    /// Into how many parts a window is divided: it begins at the newest checkpoint before it, so it is longer than its setting
    /// by less than one part and the time between two reports.
    static let windowParts: UInt64 = 64

    /// The most checkpoints that are kept: those within a window, the one at its beginning, and one for rounding.
    public static let checkpointsMax = 67

    /// The median of what the reporters have seen; nil without a majority. At most 32 reports are read.
    func median(
        at now: Timestamp,
        _ average: PriceFeedAverageSettings,
        _ maximumAge: TimeSpan,
        _ state: some StateReading
    ) throws(ModuleError) -> Median? {
        var seen: [(price: Decimal18, time: Timestamp)] = []
        try reports.forEach(in: state) { (_, report) throws(ModuleError) in
            seen.append((try Decimal18(report.price), Timestamp(nanoseconds: report.timeNanoseconds)))
            return true
        }
        return Median(seen, reporterCount: average.reporters.count, at: now, maximumAge: maximumAge)
    }

    /// Reckons the median anew after a report, and has the series go on with it, or another one begin.
    ///
    /// Without a majority nothing changes: the series goes on until its end, and its last average stays.
    func advance(to now: Timestamp, _ settings: PriceFeedSettings, _ state: StateWriter) throws(ModuleError) {
        let (average, maximumAge) = (settings.average, settings.maximumAge)
        guard let median = try median(at: now, average, maximumAge, state) else { return }
        if let last = try series.value(in: state).map(PriceSeries.init(_:)), last.isHeld(at: now, maximumAge) {
            try keep(try last.continued(with: median, at: now), average, state)
        } else {
            try removeCheckpoints(state) { _ in true }
            try keep(PriceSeries(median, at: now), average, state)
        }
    }

    /// Begins anew under other settings: with what the reporters who stay have seen, or with their next majority.
    func restart(at now: Timestamp, from old: PriceFeedSettings, _ settings: PriceFeedSettings, _ state: StateWriter)
        throws(ModuleError)
    {
        let last = try lastAverage(at: now, old, state)
        for (reporter, report) in try reports.entries(in: state, limit: SettingsReader.reportersMax)
        where !settings.average.reporters.contains(report.reporter) {
            try reports.remove(reporter, in: state)
        }
        try removeCheckpoints(state) { _ in true }
        if let median = try median(at: now, settings.average, settings.maximumAge, state) {
            try keep(PriceSeries(median, at: now), settings.average, state)
        } else if let last {
            try series.set(last.series.ended(on: last.average).stored, in: state)
        }
    }

    /// The average over the window that ends at a time, or at the end of the series if that is earlier; rounded down. Nil before
    /// the first series. Two entries are read.
    func lastAverage(at now: Timestamp, _ settings: PriceFeedSettings, _ state: some StateReading)
        throws(ModuleError) -> (average: Decimal18, series: PriceSeries)?
    {
        guard let series = try series.value(in: state).map(PriceSeries.init(_:)) else { return nil }
        let end = min(now, series.end(settings.maximumAge))
        let begin = end.saturatingSubtracting(TimeSpan(nanoseconds: settings.average.windowNanoseconds))
        guard let checkpoint = try checkpoint(opening: begin, state),
            let span = end.elapsed(since: Timestamp(nanoseconds: checkpoint.key)), span != .zero
        else { return (series.price, series) }
        let sum = try series.sum(at: end).subtracting(try Decimal18(checkpoint.value.cumulative))
        return (try sum.dividing(by: Decimal18(Amount(UInt128(span.nanoseconds))), rounding: .floor), series)
    }

    /// The newest checkpoint up to the beginning of a window, or the oldest of a series that is younger than the window.
    private func checkpoint(opening begin: Timestamp, _ state: some StateReading)
        throws(ModuleError) -> (key: UInt64, value: PriceFeedCheckpoint)?
    {
        let before = try checkpoints.entries(in: state, from: begin.nanoseconds, reversed: true, limit: 1)
        return before.isEmpty ? try checkpoints.entries(in: state, limit: 1).first : before.first
    }

    /// Stores a series, with a checkpoint where the last one is a part of the window old, and forgets the checkpoints from
    /// before the window but for one.
    private func keep(_ next: PriceSeries, _ average: PriceFeedAverageSettings, _ state: StateWriter)
        throws(ModuleError)
    {
        try series.set(next.stored, in: state)
        let now = next.since.nanoseconds
        let newest = try checkpoints.entries(in: state, reversed: true, limit: 1).first?.key
        if newest.map({ now - min(now, $0) >= average.windowNanoseconds / Self.windowParts }) ?? true {
            let checkpoint = PriceFeedCheckpoint.with {
                $0.timeNanoseconds = now
                $0.cumulative = next.cumulative.shortDescription
            }
            try checkpoints.set(checkpoint, for: now, in: state)
        }
        let begin = now - min(now, average.windowNanoseconds)
        let first = try checkpoints.entries(in: state, from: begin, reversed: true, limit: 1).first?.key
        try removeCheckpoints(state) { key in first.map { key < $0 } ?? false }
    }

    /// Removes the checkpoints from the oldest on, as long as they are in question.
    private func removeCheckpoints(_ state: StateWriter, while isInQuestion: (UInt64) -> Bool) throws(ModuleError) {
        for (key, _) in try checkpoints.entries(in: state, limit: Self.checkpointsMax + 1) {
            guard isInQuestion(key) else { return }
            try checkpoints.remove(key, in: state)
        }
    }
}
