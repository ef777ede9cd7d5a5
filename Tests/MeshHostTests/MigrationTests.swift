import Bank
import Counter
import MeshHost
import ModuleKit
import Testing

@Suite("A migration")
struct MigrationTests {
    private let count = 18

    /// Counters of version 1 with the numbers 2 and on, on a chain that knows version 2 by now.
    private func chain() throws -> TestChain {
        let admin = try TestAccount("alice").text
        let counters = (0..<count).map { #",{"module":"counter","label":"counter-\#($0)","admin":"\#(admin)"}"# }
        let chain = try TestChain(
            hostSection: #"{"instances":[{"module":"bank","label":"bank"}\#(counters.joined())]}"#
        )
        try chain.reopen(registry: try ModuleRegistry(Bank(), Counter(), CounterTwo(), CounterThree()))
        return chain
    }

    private func migrate(_ number: Int, to version: String = "2.0.0", at height: UInt64 = 0) -> HostMessage {
        .with {
            $0.migrate.instance = "counter-\(number)"
            $0.migrate.version = version
            $0.migrate.height = height
        }
    }

    private func version(_ chain: TestChain, _ number: Int) throws -> String {
        try chain.host.query(HostQuery.with { $0.instance.instance = "counter-\(number)" }, of: "host").instance.version
    }

    @Test("takes effect at the start of the block that was asked for, also after a restart")
    func atHeight() throws {
        let chain = try chain()
        #expect(try chain.tellHost(migrate(0, at: 4)) == nil)
        #expect(try chain.tellHost(migrate(1)) == nil)
        try chain.reopen(registry: chain.registryInUse)
        let third = try chain.block()
        #expect(try version(chain, 1) == "2.0.0" && version(chain, 0) == "1.0.0")
        #expect(try chain.story(of: third) == ["host instance_migrated", "counter-1 configured"])
        let fourth = try chain.block()
        #expect(try chain.story(of: fourth).first == "host instance_migrated")
        #expect(try version(chain, 0) == "2.0.0")
        #expect(try chain.story(of: try chain.block()).isEmpty)
    }

    @Test("has one request at a time: a later one takes the place of the first")
    func replaced() throws {
        let chain = try chain()
        #expect(try chain.tellHost(migrate(0, at: 3)) == nil)
        #expect(try chain.tellHost(migrate(0, to: "3.0.0", at: 5)) == nil)
        for _ in 3...4 { #expect(try chain.story(of: try chain.block()).isEmpty) }
        try chain.block()
        #expect(try version(chain, 0) == "3.0.0")
        #expect(try chain.tellHost(migrate(1, to: "3.0.0", at: 100)) == nil)
        #expect(try chain.tellHost(migrate(1)) == nil)
        try chain.block()
        #expect(try version(chain, 1) == "2.0.0", "a later request may be for an earlier block")
    }

    @Test("that does not find room in its block takes effect in the next, before those that are due there")
    func crowded() throws {
        let chain = try chain()
        let requests = try (0..<count).map { number in
            ("host", try migrate(number, at: number == count - 1 ? 3 : 2).encodedBytes())
        }
        let results = try chain.block([try chain.signed(requests, by: chain.alice)]).results
        #expect(results.map(\.error) == [nil])
        func migrated() throws -> [Int] { try (0..<count).filter { try version(chain, $0) == "2.0.0" } }
        try chain.block()
        #expect(try migrated() == Array(0..<16))
        try chain.block()
        #expect(try migrated() == Array(0..<count))
    }

    @Test("goes with the admin who asked for it: what a new one has looked at stays, and so does what is nobody's")
    func departed() throws {
        let chain = try chain()
        let bob = chain.bob.text
        for number in 0...2 { #expect(try chain.tellHost(migrate(number, at: 7)) == nil) }
        #expect(
            try chain.tellHost(
                .with {
                    $0.setAdmin.instance = "counter-0"
                    $0.setAdmin.admin = bob
                }
            ) == nil
        )
        #expect(try chain.tellHost(.with { $0.clearAdmin_p.instance = "counter-1" }) == nil)
        #expect(try chain.story(of: try chain.block()).isEmpty)
        #expect(try chain.story(of: try chain.block()) == ["host instance_migrated", "counter-2 configured"])
        #expect(try version(chain, 0) == "1.0.0" && version(chain, 1) == "1.0.0" && version(chain, 2) == "2.0.0")
        #expect(try chain.tellHost(migrate(0), by: chain.bob) == nil, "the new admin can ask anew")
        try chain.block()
        #expect(try version(chain, 0) == "2.0.0")
    }

    @Test("is refused for a block that has begun, an unknown version, and by anybody but the admin")
    func refused() throws {
        let chain = try chain()
        try chain.block()
        for height in [1, 2] as [UInt64] {
            let error = try #require(try chain.tellHost(migrate(0, at: height)))
            #expect(error.code == .invalidArgument && error.message.contains("0 for the next"), "\(error)")
        }
        #expect(try chain.tellHost(migrate(0, to: "9.0.0", at: 50))?.code == .unknownModule)
        #expect(try chain.tellHost(migrate(0, to: "1.0.0", at: 50))?.code == .invalidArgument)
        #expect(try chain.tellHost(migrate(0, at: 50), by: chain.bob)?.code == .notAdmin)
        #expect(try chain.tellHost(migrate(0, at: .max)) == nil, "nobody has to live to see it")
    }
}

/// The third version of the counter.
private struct CounterThree: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = CounterEvent
    typealias Query = CounterQuery

    static let manifest = Manifest(name: "counter", version: "3.0.0")

    private let second = CounterTwo()

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {}

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) { try second.apply(event, to: state) }

    func answer(_ query: CounterQuery, _ state: StateReader) throws(ModuleError) -> CounterAnswer {
        try second.answer(query, state)
    }

    func migrate(from version: Version, _ context: Context) throws(ModuleError) {
        try context.emit(.with { $0.configured.stepMax = 1_000 })
    }
}
