import ModuleKit
import ModuleTesting
import PriceFeed
import PriceFeedEvents
import Testing

@Suite("Genesis of a price feed")
struct GenesisTests {
    /// A chain that begins, at a time, with what another one exported.
    private func importing(_ exported: JSONValue, _ configuration: JSONValue, at time: Timestamp) throws
        -> (chain: ModuleHarness<PriceFeed>, outcome: Outcome<PriceFeed>)
    {
        let options = HarnessOptions {
            $0.configuration = configuration
            $0.genesisTime = time
            $0.blockInterval = .zero
        }
        let harness = try ModuleHarness(PriceFeed(), options: options)
        let document = GenesisDocument(chainID: options.chainID, time: time, appState: exported)
        return (harness, try harness.when(importing: document))
    }

    private func checkRoundTrip(_ chain: FeedChain, _ configuration: JSONValue) throws {
        let exported = try chain.harness.exportGenesis()
        let now = chain.harness.block.time
        let (copy, outcome) = try importing(exported, configuration, at: now)
        try outcome.thenSucceeded()
        #expect(try copy.exportGenesis() == exported)
        for span in [TimeSpan.zero, .minutes(7), .days(22)] {
            let query = PriceFeedQuery.with { $0.price.timeNanoseconds = now.saturatingAdding(span).nanoseconds }
            #expect(try copy.query(query) == chain.harness.query(query))
        }
    }

    @Test("A fixed price is exported with its time, and imported as it was")
    func fixed() throws {
        let chain = try FeedChain(FeedChain.fixed())
        try checkRoundTrip(chain, FeedChain.fixed())
        try chain.set("0.125").thenSucceeded()
        try chain.pass("1h")
        try checkRoundTrip(chain, FeedChain.fixed())
    }

    @Test("An average is exported with its reports and checkpoints, and goes on where it was")
    func average() throws {
        let configuration = FeedChain.average(reporters: 3, window: "10m")
        let chain = try FeedChain(configuration)
        try checkRoundTrip(chain, configuration)
        for index in 0..<30 {
            try chain.report("\(index + 1)", "\(2 * index + 1)", "5.5")
            try chain.pass("\(17 * (index % 5) + 1)s")
        }
        try checkRoundTrip(chain, configuration)
        try chain.pass("528h")
        try checkRoundTrip(chain, configuration)
        try chain.reconfigure(FeedChain.average([FeedChain.reporters[4]])).thenSucceeded()
        try checkRoundTrip(chain, FeedChain.average([FeedChain.reporters[4]]))
    }

    @Test("An empty section, or none, changes nothing")
    func empty() throws {
        for (configuration, text) in [
            (FeedChain.fixed(), #"{"price-feed":{}}"#), (FeedChain.average(), "{}"),
            (FeedChain.average(), #"{"price-feed":{"reports":[],"checkpoints":[]}}"#),
        ] {
            let time = HarnessOptions().genesisTime
            let (_, outcome) = try importing(try JSONValue(parsing: text), configuration, at: time)
            #expect(try outcome.thenSucceeded().emitted.allSatisfy { $0.event != nil })
            #expect(!outcome.emitted.contains { if case .imported = $0.event { true } else { false } })
        }
    }

    /// A section that is taken: a series of two minutes at a price of 1 and 2.
    private static let whole = [
        "reports": #"[{"reporter":"R1","price":"2","height":"7","time":"1000000000000000000"}]"#,
        "checkpoints": #"[{"time":"999999880000000000","cumulative":"0"}]"#,
        "series": #"{"price":"2","since":"1000000000000000000","time":"1000000000000000000","#
            + #""cumulative":"180000000000","has_ended":false}"#,
    ]

    private func importing(_ changes: [(String, String)]) throws -> Outcome<PriceFeed> {
        var members = Self.whole
        for (name, text) in changes { members[name] = text }
        let section = members.keys.sorted().compactMap { name in members[name].map { "\"\(name)\":\($0)" } }
        let account = FeedChain.account(FeedChain.reporters[0])
        let text = section.joined(separator: ",").split(separator: "R1", omittingEmptySubsequences: false)
            .joined(separator: account)
        let document = try JSONValue(parsing: "{\"price-feed\":{\(text)}}")
        let time = Timestamp(nanoseconds: 1_000_000_000_000_000_000)
        return try importing(document, FeedChain.average(reporters: 1), at: time).outcome
    }

    @Test("A section is taken as a whole or refused")
    func refusals() throws {
        try importing([]).thenSucceeded()
        let report = #""price":"2","height":"7","time":"1000000000000000000""#
        let tail = #""time":"1000000000000000000","cumulative":"180000000000","has_ended":false}"#
        let cases: [(String, String)] = [
            ("extra", "1"), ("fixed_price", "{}"),
            ("reports", "{}"), ("reports", #"[{"reporter":"R1"}]"#),
            ("reports", #"[{"reporter":"x",\#(report)}]"#),
            ("reports", #"[{"reporter":"\#(FeedChain.account("mallory"))",\#(report)}]"#),
            ("reports", #"[{"reporter":"R1",\#(report)},{"reporter":"R1",\#(report)}]"#),
            ("reports", #"[{"reporter":"R1","price":"0","height":"7","time":"1"}]"#),
            ("reports", #"[{"reporter":"R1","price":"-2","height":"7","time":"1"}]"#),
            ("reports", #"[{"reporter":"R1","price":"2","height":"7","time":"1000000000000000001"}]"#),
            ("series", "null"), ("series", #"{"price":"0","since":"1000000000000000000",\#(tail)"#),
            ("series", #"{"price":"1000000000000000001","since":"1000000000000000000",\#(tail)"#),
            ("series", #"{"price":"2","since":"999999999999999999",\#(tail)"#),
            ("series", #"{"price":"2","since":"1000000000000000001",\#(tail)"#),
            ("series", #"{"price":"2","since":"1","time":"1","cumulative":"9999999999999999999","has_ended":false}"#),
            ("series", #"{"price":"2","since":"1","time":"1","cumulative":"5","has_ended":true}"#),
            ("checkpoints", "[]"), ("checkpoints", #"[{"time":"1000000000000000000","cumulative":"0"}]"#),
            ("checkpoints", #"[{"time":"999999880000000000","cumulative":"180000000000"}]"#),
            ("checkpoints", #"[{"time":"999999880000000000","cumulative":"180000000001"}]"#),
            ("checkpoints", #"[{"time":"5","cumulative":"1"},{"time":"5","cumulative":"2"}]"#),
            ("checkpoints", #"[{"time":"5","cumulative":"2"},{"time":"6","cumulative":"1"}]"#),
            (
                "checkpoints",
                "[" + Array(repeating: #"{"time":"5","cumulative":"1"}"#, count: 68).joined(separator: ",") + "]"
            ),
        ]
        for change in cases {
            let outcome = try importing([change])
            #expect(!outcome.succeeded, "\(change)")
            #expect(outcome.error?.codespace == "genesis", "\(change): \(String(describing: outcome.error))")
        }
    }
}
