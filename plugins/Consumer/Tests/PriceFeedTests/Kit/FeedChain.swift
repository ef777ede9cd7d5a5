import ModuleKit
import ModuleTesting
import PriceFeed
import PriceFeedEvents

/// A chain with one price feed and someone who administers it.
struct FeedChain {
    static let reporters = (1...5).map { "reporter \($0)" }
    static let prefixes: AddressPrefixes = {
        guard let prefixes = try? AddressPrefixes(account: "cosmos") else { preconditionFailure("a valid prefix") }
        return prefixes
    }()

    let harness: ModuleHarness<PriceFeed>

    init(_ configuration: JSONValue, authority: String? = "authority") throws {
        let options = HarnessOptions { $0.configuration = configuration }
        harness = try ModuleHarness(PriceFeed(), options: options)
        try harness.given(.blocks(1))
        if let authority { try harness.given(.authority(.named(authority))) }
    }

    /// The configuration of a fixed feed.
    static func fixed(price: String? = nil, age: String = "24h") -> JSONValue {
        var settings = JSONObject()
        settings["kind"] = "fixed"
        settings["maximum_age"] = .string(age)
        if let price { settings["price"] = .string(price) }
        return .object(settings)
    }

    /// The configuration of an averaging feed with the first reporters.
    static func average(reporters count: Int = 3, window: String = "1h", age: String = "30m") -> JSONValue {
        average(Array(reporters.prefix(count)), window: window, age: age)
    }

    /// The configuration of an averaging feed.
    static func average(_ reporters: [String], window: String = "1h", age: String = "30m") -> JSONValue {
        [
            "kind": "average", "window": .string(window), "maximum_age": .string(age),
            "reporters": .array(reporters.map { .string(account($0)) }),
        ]
    }

    /// The text of a person's account.
    static func account(_ name: String) -> String { prefixes.format(.named(name), as: .account) }

    @discardableResult
    func set(_ price: String, by sender: String = "authority") throws -> Outcome<PriceFeed> {
        try harness.when(.with { $0.setPrice.price = price }, from: .named(sender))
    }

    @discardableResult
    func report(_ price: String, by sender: String) throws -> Outcome<PriceFeed> {
        try harness.when(.with { $0.report.price = price }, from: .named(sender))
    }

    /// Has the first reporters report one price each.
    func report(_ prices: String...) throws {
        for (reporter, price) in zip(Self.reporters, prices) { try report(price, by: reporter).thenSucceeded() }
    }

    @discardableResult
    func reconfigure(_ configuration: JSONValue) throws -> Outcome<PriceFeed> {
        try harness.when(reconfiguring: configuration, from: .named("admin"))
    }

    /// Lets a block begin some time after this one.
    func pass(_ span: String) throws { try harness.nextBlock(after: try TimeSpan(span)) }

    /// What the feed says in this block.
    func price() throws -> FeedPrice { try price(at: harness.block.time) }

    func price(at time: Timestamp?) throws(ModuleError) -> FeedPrice {
        var query = PriceFeedQuery.with { $0.price = .init() }
        if let time { query.price.timeNanoseconds = time.nanoseconds }
        return try FeedPrice(try harness.query(query).price)
    }

    /// The price in this block with ` fresh` or ` stale` behind it.
    func says() throws -> String {
        let price = try price()
        return "\(price.price.shortDescription) \(price.isFresh ? "fresh" : "stale")"
    }
}
