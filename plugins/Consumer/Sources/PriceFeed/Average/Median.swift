import ModuleKit

/// What the reporters have seen, taken together at one moment.
///
/// Reports older than the maximum age don't count, and there is no median unless more than half of all reporters have one that
/// counts: no minority makes a price, also not by speaking when others are silent. Of an even number, the lower of the two
/// in the middle is taken.
struct Median {
    /// The price in the middle.
    let price: Decimal18
    /// When the oldest of the newest reports was made that make up the majority.
    let time: Timestamp

    /// Reckons the median at a moment; nil without a majority.
    ///
    /// - Parameters:
    ///   - reports: the last one of each reporter.
    ///   - reporterCount: how many reporters there are.
    init?(
        _ reports: [(price: Decimal18, time: Timestamp)],
        reporterCount: Int,
        at now: Timestamp,
        maximumAge: TimeSpan
    ) {
        let counting = reports.filter { now <= $0.time.saturatingAdding(maximumAge) }
        let majority = reporterCount / 2 + 1
        guard counting.count >= majority else { return nil }
        price = counting.map(\.price).sorted()[(counting.count - 1) / 2]
        time = counting.map(\.time).sorted()[counting.count - majority]
    }
}
