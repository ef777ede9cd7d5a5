import ModuleKit
import ModuleTesting
import PriceFeed
import PriceFeedEvents
import Testing

@Suite("Settings of a price feed")
struct ConfigurationTests {
    @Test("Settings are kept as they are read, reporters in one order")
    func settings() throws {
        let names = [FeedChain.reporters[2], FeedChain.reporters[0]]
        let chain = try FeedChain(FeedChain.average(names, window: "30m", age: "90s"))
        let settings = try chain.harness.query(.with { $0.settings = .init() }).settings
        #expect(settings.label == "price-feed" && settings.maximumAgeNanoseconds == 90_000_000_000)
        #expect(settings.average.windowNanoseconds == 1_800_000_000_000)
        #expect(settings.average.reporters == names.map(FeedChain.account).sorted())
        try chain.reconfigure(FeedChain.average(names.reversed(), window: "1800s", age: "90s")).thenEmittedNothing()
    }

    @Test(
        "Missing, unknown and impossible settings are refused",
        arguments: [
            "{}", "[]", #"{"kind":"fixed"}"#, #"{"kind":"spot","maximum_age":"1h"}"#, #"{"kind":1,"maximum_age":"1h"}"#,
            #"{"kind":"fixed","maximum_age":"0s"}"#, #"{"kind":"fixed","maximum_age":"-1h"}"#,
            #"{"kind":"fixed","maximum_age":"999ms"}"#, #"{"kind":"fixed","maximum_age":"1h","window":"1h"}"#,
            #"{"kind":"fixed","maximum_age":"1h","price":1}"#, #"{"kind":"fixed","maximum_age":"1h","authority":"x"}"#,
            #"{"kind":"fixed","maximum_age":"1h","authority":""}"#,
            #"{"kind":"average","maximum_age":"1h","window":"1h"}"#,
            #"{"kind":"average","maximum_age":"1h","window":"1h","reporters":[]}"#,
            #"{"kind":"average","maximum_age":"1h","window":"0s","reporters":["ACCOUNT"]}"#,
            #"{"kind":"average","maximum_age":"1h","reporters":["ACCOUNT"]}"#,
            #"{"kind":"average","window":"1h","reporters":["ACCOUNT"]}"#,
            #"{"kind":"average","maximum_age":"1h","window":"1h","reporters":["ACCOUNT","ACCOUNT"]}"#,
            #"{"kind":"average","maximum_age":"1h","window":"1h","reporters":["ACCOUNT"],"price":"1"}"#,
            #"{"kind":"average","maximum_age":"1h","window":"1h","reporters":["cosmosvaloper1abc"]}"#,
        ]
    )
    func refused(text: String) throws {
        let account = FeedChain.account("someone")
        let json = text.split(separator: "ACCOUNT", omittingEmptySubsequences: false).joined(separator: account)
        let configuration = try JSONValue(parsing: String(json))
        #expect(throws: HarnessError.self) { try FeedChain(configuration) }
        // An instance that runs keeps what it has.
        let chain = try FeedChain(FeedChain.fixed(price: "1"))
        let outcome = try chain.reconfigure(configuration)
        #expect(!outcome.succeeded && outcome.events.isEmpty)
        #expect(try chain.says() == "1 fresh")
    }

    @Test("33 reporters are too many")
    func tooMany() throws {
        let names = (0..<33).map { "person \($0)" }
        #expect(throws: HarnessError.self) { try FeedChain(FeedChain.average(names)) }
        _ = try FeedChain(FeedChain.average(Array(names.dropLast())))
    }

    @Test("The kind is for good")
    func kind() throws {
        let fixed = try FeedChain(FeedChain.fixed(price: "1"))
        try fixed.reconfigure(FeedChain.average()).thenFailed(.wrongPriceFeedKind)
        let average = try FeedChain(FeedChain.average())
        try average.reconfigure(FeedChain.fixed(price: "1")).thenFailed(.wrongPriceFeedKind)
    }

    @Test("When the chain has another authority, that one sets the price; the price stays with its time")
    func authority() throws {
        let chain = try FeedChain(FeedChain.fixed(price: "1", age: "1h"))
        try chain.pass("50m")
        try chain.harness.given(.authority(.named("successor")))
        #expect(try chain.says() == "1 fresh")
        try chain.set("2").thenFailed(.notPriceAuthority)
        try chain.pass("11m")
        #expect(try chain.says() == "1 stale")
        try chain.set("2", by: "successor").thenSucceeded()
        #expect(try chain.says() == "2 fresh")
    }

    @Test("A reporter who goes takes his report along, and the average begins anew with those who stay")
    func reporters() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 3))
        try chain.report("900", "900", "4")
        try chain.pass("10m")
        try chain.reconfigure(FeedChain.average([FeedChain.reporters[2]])).thenSucceeded()
        #expect(try chain.says() == "4 fresh")
        try chain.pass("10m")
        #expect(try chain.says() == "4 fresh")
        try chain.report("1", by: FeedChain.reporters[0]).thenFailed(.notPriceReporter)
    }

    @Test("When no majority stays, the last average is kept, stale, until there is one")
    func lostMajority() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 3))
        try chain.report("1", "1")
        try chain.pass("10m")
        try chain.report("3", "3")
        try chain.pass("10m")
        try chain.reconfigure(FeedChain.average(Array(FeedChain.reporters[1...3]))).thenSucceeded()
        #expect(try chain.says() == "2 stale")
        // A second change keeps it too.
        try chain.pass("1m")
        try chain.reconfigure(FeedChain.average(Array(FeedChain.reporters[2...4]))).thenSucceeded()
        #expect(try chain.says() == "2 stale")
        try chain.report("7", by: FeedChain.reporters[2]).thenSucceeded()
        #expect(try chain.says() == "2 stale")
        try chain.report("7", by: FeedChain.reporters[3]).thenSucceeded()
        #expect(try chain.says() == "7 fresh")
    }

    @Test("Another window or maximum age begins the average anew too")
    func window() throws {
        let chain = try FeedChain(FeedChain.average(reporters: 1))
        try chain.report("1")
        try chain.pass("10m")
        try chain.report("9")
        try chain.pass("10m")
        #expect(try chain.says() == "5 fresh")
        try chain.reconfigure(FeedChain.average(reporters: 1, window: "2h")).thenSucceeded()
        #expect(try chain.says() == "9 fresh")
        try chain.reconfigure(FeedChain.average(reporters: 1, window: "2h", age: "5m")).thenSucceeded()
        #expect(try chain.says() == "9 stale")
    }
}
