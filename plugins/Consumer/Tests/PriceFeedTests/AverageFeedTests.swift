import ModuleKit
import ModuleTesting
import PriceFeed
import PriceFeedEvents
import Testing

@Suite("An average of what reporters see")
struct AverageFeedTests {
    @Test("There is no price until more than half of the reporters have spoken")
    func majority() throws {
        for (count, needed) in [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3)] {
            let chain = try FeedChain(FeedChain.average(reporters: count))
            for (index, reporter) in FeedChain.reporters.prefix(needed).enumerated() {
                #expect(try chain.says() == "0 stale", "\(index) of \(count)")
                try chain.report("0.5", by: reporter).thenSucceeded()
            }
            #expect(try chain.says() == "0.5 fresh", "\(needed) of \(count)")
        }
    }

    @Test("Of several reports the one in the middle counts, of an even number the lower one")
    func median() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 5))
        try chain.report("5", "1")
        #expect(try chain.says() == "0 stale")
        try chain.report("900", by: FeedChain.reporters[2]).thenSucceeded()
        #expect(try chain.says() == "5 fresh")
        try chain.report("4", by: FeedChain.reporters[3]).thenSucceeded()
        #expect(try chain.says() == "4 fresh")
        try chain.report("6", by: FeedChain.reporters[4]).thenSucceeded()
        #expect(try chain.says() == "5 fresh")
    }

    @Test("Medians are weighted by the time for which they held, and the average is rounded down")
    func weighting() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1))
        try chain.report("1")
        try chain.pass("10m")
        #expect(try chain.says() == "1 fresh")
        try chain.report("4")
        #expect(try chain.says() == "1 fresh")
        try chain.pass("5m")
        #expect(try chain.says() == "2 fresh")
        try chain.pass("15m")
        #expect(try chain.says() == "3 fresh")
        try chain.report("2")
        try chain.pass("1ns")
        // (1 * 600 + 4 * 1200 + 2 * 10^-9) / (1800 + 10^-9), which is a little below 3.
        #expect(try chain.says() == "2.999999999999444444 fresh")
    }

    @Test("What is older than the window counts no more")
    func window() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1, window: "1h", age: "30m"))
        try chain.report("100")
        for _ in 0..<4 {
            try chain.pass("20m")
            try chain.report("1")
        }
        // The window begins at the second report: 20 minutes of 100 lie before it.
        #expect(try chain.says() == "1 fresh")
        try chain.pass("30m")
        #expect(try chain.says() == "1 fresh")
    }

    @Test("A short spike moves the average by its time, not by its height alone")
    func spike() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1))
        for _ in 0..<6 {
            try chain.report("1")
            try chain.pass("10m")
        }
        try chain.report("61")
        try chain.pass("1m")
        try chain.report("1")
        // 60 above the rest for 1 of about 60 minutes.
        let price = try chain.price().price
        #expect(price > Decimal18(1 as Amount) && price <= Decimal18(2 as Amount), "\(price)")
    }

    @Test("A price is fresh as long as a majority has reports within the maximum age")
    func freshness() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 3, age: "30m"))
        try chain.report("1", "2")
        let first = chain.harness.block.time
        try chain.pass("20m")
        try chain.report("2", by: FeedChain.reporters[0]).thenSucceeded()
        // Two of three: the second reporter's word is still the older one.
        #expect(try chain.price().time == first)
        try chain.pass("10m")
        #expect(try chain.price().isFresh)
        try chain.pass("1ns")
        #expect(try !chain.price().isFresh)
        try chain.report("2", by: FeedChain.reporters[2]).thenSucceeded()
        #expect(try chain.says() == "2 fresh")
    }

    @Test("After 22 days of silence the old price is stale, and the average begins anew")
    func silence() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 3))
        try chain.report("1", "1", "1")
        try chain.pass("10m")
        try chain.report("3", "3", "3")
        try chain.pass("10m")
        #expect(try chain.says() == "2 fresh")
        try chain.pass("528h")
        // The last median held for its maximum age: 10 minutes of 1 and 30 of 3.
        #expect(try chain.says() == "2.5 stale")
        try chain.report("8", by: FeedChain.reporters[0]).thenSucceeded()
        #expect(try chain.says() == "2.5 stale")
        try chain.report("7", by: FeedChain.reporters[1]).thenSucceeded()
        #expect(try chain.says() == "7 fresh")
        try chain.pass("20m")
        #expect(try chain.says() == "7 fresh")
    }

    @Test("While time stands still, the last median of that time is the one that counts")
    func standingTime() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1))
        try chain.report("1")
        try chain.pass("0s")
        try chain.report("2")
        #expect(try chain.says() == "2 fresh")
        try chain.pass("0s")
        try chain.report("5")
        try chain.pass("10m")
        #expect(try chain.says() == "5 fresh")
    }

    @Test("A reporter has one report in a block, and none of others or of zero is taken")
    func refusals() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 2))
        let (first, second) = (FeedChain.reporters[0], FeedChain.reporters[1])
        try chain.report("1", by: first).thenSucceeded()
        try chain.report("2", by: first).thenFailed(.priceReportedAlready)
        try chain.report("1", by: second).thenSucceeded()
        try chain.pass("0s")
        try chain.report("1", by: first).thenSucceeded()
        for stranger in ["mallory", "admin", FeedChain.reporters[2]] {
            try chain.report("9", by: stranger).thenFailed(.notPriceReporter)
        }
        try chain.set("9", by: second).thenFailed(.wrongPriceFeedKind)
        for wrong in ["0", "0.0", "-1", "", "1e1", "0.1234567890123456789", "1000000000000000001"] {
            try chain.report(wrong, by: second).thenFailed(.invalidPrice)
        }
        #expect(try chain.says() == "1 fresh")
    }

    @Test("A report leaves one event, which says who saw what and when")
    func events() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1))
        let block = chain.harness.block
        try chain.report("1.50", by: FeedChain.reporters[0]).thenEmitted(
            .with {
                $0.observed.reporter = FeedChain.account(FeedChain.reporters[0])
                $0.observed.price = "1.5"
                $0.observed.height = block.height
                $0.observed.timeNanoseconds = block.time.nanoseconds
            }
        )
        let reports = try chain.harness.query(.with { $0.reports = .init() }).reports.reports
        #expect(reports.map(\.price) == ["1.5"])
    }

    @Test("The largest price over the longest window overflows nothing")
    func largest() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1, window: "2500000h", age: "2500000h"))
        try chain.report("1000000000000000000")
        for _ in 0..<3 {
            try chain.pass("1000000h")
            try chain.report("1000000000000000000")
        }
        #expect(try chain.says() == "1000000000000000000 fresh")
        #expect(try chain.price(at: .max).price == Decimal18(1_000_000_000_000_000_000 as Amount))
    }

    @Test("Reports in every block keep no more than 67 checkpoints, and cost the same at the end as at the beginning")
    func bounds() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1, window: "100s", age: "1h"))
        let module = try chain.harness.module
        var costs: [UInt64] = []
        for index in 0..<220 {
            let outcome = try chain.report("\(index % 7 + 1)", by: FeedChain.reporters[0])
            costs.append(try outcome.thenSucceeded().workUsed)
            try chain.pass("1s")
        }
        let kept = try module.checkpoints.entries(in: try chain.harness.state, limit: 1000)
        #expect(kept.count > 40 && kept.count <= PriceFeed.checkpointsMax)
        let (early, late) = (try #require(costs[100..<160].max()), try #require(costs[160...].max()))
        #expect(late <= early + early / 20, "\(early) before, \(late) after")
    }
}
