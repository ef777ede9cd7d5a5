import ModuleKit
import ModuleTesting
import PriceFeed
import PriceFeedEvents
import Testing

/// What an averaging feed should say, reckoned from all that was ever reported, without running sums and without forgetting.
private struct AverageModel {
    let reporterCount: Int
    let window: UInt64
    let age: UInt64
    /// The last report of each reporter, in thousandths.
    private var reports: [(price: UInt64, time: UInt64)?]
    /// The medians of the series that goes on, each from a time on.
    private var steps: [(time: UInt64, price: UInt64)] = []
    /// Until when the last median holds.
    private var end: UInt64 = 0

    init(reporters: Int, window: UInt64, age: UInt64) {
        (reporterCount, self.window, self.age) = (reporters, window, age)
        reports = Array(repeating: nil, count: reporters)
    }

    mutating func report(_ price: UInt64, by reporter: Int, at now: UInt64) {
        reports[reporter] = (price, now)
        let counting = reports.compactMap { $0 }.filter { now - $0.time <= age }
        let majority = reporterCount / 2 + 1
        guard counting.count >= majority else { return }
        if now > end { steps = [] }
        let median = counting.map(\.price).sorted()[(counting.count - 1) / 2]
        steps.append((now, median))
        end = counting.map(\.time).sorted(by: >)[majority - 1] + age
    }

    /// The answer in units of 10^-18, and whether it is fresh; nil before the first median.
    func answer(at now: UInt64) -> (price: UInt128, isFresh: Bool)? {
        guard let last = steps.last else { return nil }
        let finish = min(now, end)
        var starts: [UInt64] = []
        for step in steps where starts.last.map({ step.time - $0 >= window / 64 }) ?? true { starts.append(step.time) }
        let start = starts.last { $0 + window <= finish } ?? starts[0]
        let unit: UInt128 = 1_000_000_000_000_000
        guard finish > start else { return (UInt128(last.price) * unit, now <= end) }
        var sum: UInt128 = 0
        for (index, step) in steps.enumerated() where step.time >= start {
            let until = index + 1 < steps.count ? steps[index + 1].time : finish
            sum += UInt128(step.price) * unit * UInt128(until - step.time)
        }
        return (sum / UInt128(finish - start), now <= end)
    }
}

@Suite("The average against a model of it")
struct AverageModelTests {
    @Test("Whatever is reported when, the feed says what the model says", arguments: [1, 2, 3, 5])
    func model(reporters: Int) throws {
        var random = try SplitMix64.seeded(for: "average with \(reporters) reporters")
        let chain = try FeedChain(FeedChain.average(reporters: reporters, window: "10m", age: "4m"))
        var model = AverageModel(reporters: reporters, window: 600_000_000_000, age: 240_000_000_000)
        for _ in 0..<250 {
            for reporter in 0..<reporters where Int.random(in: 0..<3, using: &random) > 0 {
                let price = UInt64.random(in: 1...1_000_000, using: &random)
                let text = "\(price / 1000).\(String(String(price % 1000 + 1000).dropFirst()))"
                try chain.report(text, by: FeedChain.reporters[reporter]).thenSucceeded()
                model.report(price, by: reporter, at: chain.harness.block.time.nanoseconds)
                try check(chain, model)
            }
            // Mostly some seconds, sometimes none, and sometimes a silence.
            let span =
                switch Int.random(in: 0..<20, using: &random) {
                case 0: UInt64(0)
                case 1: UInt64.random(in: 200_000_000_000...900_000_000_000, using: &random)
                default: UInt64.random(in: 1...40_000_000_000, using: &random)
                }
            try chain.pass("\(span)ns")
            try check(chain, model)
        }
    }

    private func check(_ chain: FeedChain, _ model: AverageModel) throws {
        let said = try chain.price()
        guard let expected = model.answer(at: chain.harness.block.time.nanoseconds) else {
            #expect(said.price.isZero && !said.isFresh)
            return
        }
        let unit = Decimal18.smallestAboveZero
        #expect(said.price == (try unit.multiplied(by: Amount(expected.price))))
        #expect(said.isFresh == expected.isFresh)
    }
}
