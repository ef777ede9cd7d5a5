import ModuleKit
import ModuleTesting
import PriceFeed
import PriceFeedEvents
import Testing

@Suite("A fixed price")
struct FixedFeedTests {
    @Test("What the configuration names is the price, with the time of the block")
    func configured() throws {
        let chain = try FeedChain(FeedChain.fixed(price: "0.5"))
        let price = try chain.price()
        #expect(price.price == .percent(50) && price.isFresh)
        #expect(price.time == chain.harness.options.genesisTime)
    }

    @Test("Without a price there is none, and nothing is fresh")
    func unset() throws {
        let chain = try FeedChain(FeedChain.fixed())
        #expect(try chain.price() == FeedPrice(.with { $0.price = "0" }))
        #expect(try chain.says() == "0 stale")
    }

    @Test("The chain's authority sets the price, and nobody else does")
    func authority() throws {
        let chain = try FeedChain(FeedChain.fixed(price: "0.5"))
        let time = chain.harness.block.time.nanoseconds
        try chain.set("1.000000000000000001").thenEmitted(
            .with {
                $0.priceSet.price = "1.000000000000000001"
                $0.priceSet.timeNanoseconds = time
            }
        )
        #expect(try chain.says() == "1.000000000000000001 fresh")
        for stranger in ["mallory", "admin", FeedChain.reporters[0]] {
            try chain.set("2", by: stranger).thenFailed(.notPriceAuthority)
        }
        try chain.report("2", by: "authority").thenFailed(.wrongPriceFeedKind)
        #expect(try chain.says() == "1.000000000000000001 fresh")
    }

    @Test("On a chain without an authority the admin alone sets the price")
    func adminAlone() throws {
        let chain = try FeedChain(FeedChain.fixed(price: "0.5"), authority: nil)
        try chain.set("1").thenFailed(.notPriceAuthority, saying: "this chain has none")
        try chain.reconfigure(FeedChain.fixed(price: "0.75")).thenSucceeded()
        #expect(try chain.says() == "0.75 fresh")
    }

    @Test("A price is fresh until it is older than the maximum age, to the nanosecond, and may be confirmed")
    func age() throws {
        let chain = try FeedChain(FeedChain.fixed(age: "1h"))
        try chain.set("0.5").thenSucceeded()
        try chain.pass("1h")
        #expect(try chain.says() == "0.5 fresh")
        try chain.pass("1ns")
        #expect(try chain.says() == "0.5 stale")
        try chain.set("0.5").thenSucceeded()
        #expect(try chain.says() == "0.5 fresh")
        try chain.pass("528h")
        #expect(try chain.says() == "0.5 stale")
    }

    @Test("A price of zero withdraws the price: it is never fresh")
    func zero() throws {
        let chain = try FeedChain(FeedChain.fixed(price: "0.5"))
        try chain.set("0").thenSucceeded()
        #expect(try chain.says() == "0 stale")
        try chain.set("0.000000000000000001").thenSucceeded()
        #expect(try chain.says() == "0.000000000000000001 fresh")
    }

    @Test(
        "What is no price is refused",
        arguments: [
            "", "-1", "+1", "1e3", "1,5", ".5", "1.", "01", " 1", "NaN", "0.1234567890123456789", "1000000000000000001",
            "1000000000000000000.000000000000000001",
            "99999999999999999999999999999999999999999999999999999999999999999",
        ]
    )
    func malformed(price: String) throws {
        let chain = try FeedChain(FeedChain.fixed(price: "0.5"))
        try chain.set(price).thenFailed(.invalidPrice)
        try chain.reconfigure(FeedChain.fixed(price: price)).thenFailed(.invalidPrice)
        #expect(try chain.says() == "0.5 fresh")
    }

    @Test("The largest price is a price")
    func largest() throws {
        let chain = try FeedChain(FeedChain.fixed())
        try chain.set("1000000000000000000").thenSucceeded()
        #expect(try chain.says() == "1000000000000000000 fresh")
    }

    @Test("Asked without a time nothing is fresh; asked for the past there is no answer")
    func times() throws {
        let chain = try FeedChain(FeedChain.fixed())
        try chain.set("0.5").thenSucceeded()
        let time = chain.harness.block.time
        #expect(try chain.price(at: nil).isFresh == false && chain.price(at: nil).price == .percent(50))
        #expect(try chain.price(at: time).isFresh)
        let error = #expect(throws: ModuleError.self) {
            try chain.price(at: Timestamp(nanoseconds: time.nanoseconds - 1))
        }
        #expect(error?.code == .priceAskedForPast)
        #expect(try !chain.price(at: .max).isFresh)
    }

    @Test("A message or a question that says nothing is refused")
    func empty() throws {
        let chain = try FeedChain(FeedChain.fixed())
        try chain.harness.when(PriceFeedMessage(), from: .named("authority")).thenFailed(.unknownMessage)
        let error = #expect(throws: ModuleError.self) { try chain.harness.query(PriceFeedQuery()) }
        #expect(error?.code == .invalidArgument)
    }
}
