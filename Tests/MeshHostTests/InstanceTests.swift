import Bank
import Counter
import Foundation
import MeshHost
import ModuleKit
import Testing

@Suite("An instance")
struct InstanceTests {
    private func deploy(_ chain: TestChain, label: String, admin: String = "", configuration: String = "") throws
        -> ModuleError?
    {
        let message = HostMessage.with {
            $0.deploy.module = "counter"
            $0.deploy.label = label
            $0.deploy.admin = admin
            $0.deploy.configuration = configuration
        }
        return try submit(chain, message, by: chain.alice)
    }

    private func submit(_ chain: TestChain, _ message: HostMessage, by account: TestAccount) throws -> ModuleError? {
        try chain.block([try chain.signed([("host", try message.encodedBytes())], by: account)]).results[0].error
    }

    private func record(_ chain: TestChain, _ label: String) throws -> HostInstance {
        try chain.host.query(HostQuery.with { $0.instance.instance = label }, of: "host").instance
    }

    private func increment(_ chain: TestChain, _ instance: String, by step: UInt64) throws -> ModuleError? {
        let message = try CounterMessage.with { $0.increment.by = step }.encodedBytes()
        return try chain.block([try chain.signed([(instance, message)], by: chain.alice)]).results[0].error
    }

    @Test("is deployed by anyone, configured, and found by label and by address")
    func deployed() throws {
        let chain = try TestChain()
        #expect(try deploy(chain, label: "tally", configuration: #"{"step_max": 5}"#) == nil)
        let tally = try record(chain, "tally")
        #expect(tally.module == "counter" && tally.version == "1.0.0")
        #expect(tally.creator == chain.alice.text)
        #expect(try increment(chain, "tally", by: 5) == nil)
        #expect(try increment(chain, "tally", by: 6)?.code == .stepOutOfRange)
        let address = TestChain.prefixes.format(try Address(bytes: tally.address), as: .account)
        #expect(try increment(chain, address, by: 2) == nil)
        #expect(try chain.host.query("tally", json: #"{"total":{}}"#) == #"{"value":"7"}"#)
        #expect(try chain.host.query("counter", json: #"{"total":{}}"#) == "{}", "each instance has its own state")
    }

    @Test("keeps its state and its address over a restart")
    func reopened() throws {
        let chain = try TestChain()
        _ = try deploy(chain, label: "tally", configuration: #"{"step_max": 5}"#)
        _ = try increment(chain, "tally", by: 3)
        let before = try record(chain, "tally")
        try chain.reopen()
        #expect(try record(chain, "tally") == before)
        #expect(try increment(chain, "tally", by: 4) == nil)
        #expect(try chain.host.query("tally", json: #"{"total":{}}"#) == #"{"value":"7"}"#)
    }

    @Test("is not deployed under a label that is taken, reserved or malformed, nor without a registered module")
    func refused() throws {
        let chain = try TestChain()
        for label in ["bank", "host", "Tally", "t", "tally-", "9tally", "täll", String(repeating: "a", count: 65)] {
            #expect(try deploy(chain, label: label)?.code == .invalidLabel, "\(label)")
        }
        let bank = TestChain.prefixes.format(try Address(bytes: try record(chain, "bank").address), as: .account)
        #expect(try deploy(chain, label: bank)?.message.contains("reads like an address") == true)
        let message = HostMessage.with {
            $0.deploy.module = "vault"
            $0.deploy.label = "vault"
        }
        #expect(try submit(chain, message, by: chain.alice)?.code == .unknownModule)
    }

    @Test("whose configuration is refused leaves no trace, and its number is used by the next")
    func failedDeployment() throws {
        let chain = try TestChain()
        #expect(try deploy(chain, label: "tally", configuration: #"{"step_max": "many"}"#) != nil)
        #expect(try deploy(chain, label: "tally", configuration: #"{"step_max":"#) != nil)
        #expect(throws: ModuleError.self) { try record(chain, "tally") }
        #expect(try deploy(chain, label: "tally") == nil)
        #expect(try record(chain, "tally").number == 3)
    }

    @Test("is changed by its admin alone, until the admin is cleared for good")
    func administered() throws {
        let chain = try TestChain()
        _ = try deploy(chain, label: "tally", admin: chain.alice.text)
        let faster = HostMessage.with {
            $0.reconfigure.instance = "tally"
            $0.reconfigure.configuration = #"{"step_max": 9}"#
        }
        #expect(try submit(chain, faster, by: chain.bob)?.code == .notAdmin)
        #expect(try submit(chain, faster, by: chain.alice) == nil)
        #expect(try increment(chain, "tally", by: 9) == nil)

        let handOver = HostMessage.with {
            $0.setAdmin.instance = "tally"
            $0.setAdmin.admin = chain.bob.text
        }
        #expect(try submit(chain, handOver, by: chain.alice) == nil)
        #expect(try submit(chain, faster, by: chain.alice)?.code == .notAdmin)

        let clear = HostMessage.with { $0.clearAdmin_p.instance = "tally" }
        #expect(try submit(chain, clear, by: chain.bob) == nil)
        #expect(try record(chain, "tally").admin.isEmpty)
        #expect(try submit(chain, handOver, by: chain.bob)?.code == .notAdmin)
        #expect(try submit(chain, faster, by: chain.bob)?.message.contains("nobody, for good") == true)
    }

    @Test("moves to another version of its module at the start of the next block, with its state")
    func migrated() throws {
        let chain = try TestChain(
            [Counter(), CounterTwo()],
            hostSection: Self.oldCounter(admin: try TestAccount("alice"))
        )
        #expect(try increment(chain, "counter", by: 1) == nil)
        let migrate = HostMessage.with {
            $0.migrate.instance = "counter"
            $0.migrate.version = "2.0.0"
        }
        #expect(try record(chain, "counter").version == "2.0.0", "a deployment takes the newest version")
        #expect(try submit(chain, migrate, by: chain.alice)?.code == .invalidArgument)
        let back = HostMessage.with {
            $0.migrate.instance = "counter"
            $0.migrate.version = "1.0.0"
        }
        #expect(try submit(chain, back, by: chain.alice) == nil)
        #expect(try record(chain, "counter").version == "2.0.0")
        try chain.block()
        #expect(try record(chain, "counter").version == "2.0.0", "version 1 does not take over from 2: it stays")
        #expect(try chain.host.query("counter", json: #"{"total":{}}"#) == #"{"value":"1"}"#)
    }

    @Test("that was made with version 1 runs version 2 after its admin asked for it, and again after a restart")
    func migratedUp() throws {
        let chain = try TestChain()
        _ = try deploy(chain, label: "tally", admin: chain.alice.text)
        #expect(try increment(chain, "tally", by: 1) == nil)
        let both = try ModuleRegistry(Bank(), Counter(), CounterTwo())
        try chain.reopen(registry: both)
        let migrate = HostMessage.with {
            $0.migrate.instance = "tally"
            $0.migrate.version = "2.0.0"
        }
        #expect(try submit(chain, migrate, by: chain.alice) == nil)
        try chain.block()
        #expect(try record(chain, "tally").version == "2.0.0")
        #expect(try increment(chain, "tally", by: 100) == nil, "version 2 has a larger step")
        try chain.reopen(registry: both)
        #expect(try increment(chain, "tally", by: 100) == nil)
        #expect(try chain.host.query("tally", json: #"{"total":{}}"#) == #"{"value":"201"}"#)
    }

    @Test("of a module that is not registered can't be opened, and the error says which")
    func unregistered() throws {
        let chain = try TestChain()
        let fewer = try ModuleRegistry(Bank())
        let error = #expect(throws: HostError.self) { try chain.reopen(registry: fewer) }
        #expect(error?.code == .wrongChain)
        #expect(error.map { "\($0)".contains("counter") } == true)
    }

    private static func oldCounter(admin: TestAccount) -> String {
        """
        {"instances":[{"module":"bank","label":"bank","grants":["bank/mint"]},\
        {"module":"counter","label":"counter","admin":"\(admin.text)","configuration":{"step_max":1}}]}
        """
    }
}

/// The second version of the counter: steps of 100, and it takes over from version 1.
struct CounterTwo: ProtocolModule {
    static let manifest = Manifest(name: "counter", version: "2.0.0")

    let total = StateItem<UInt64>(1, "total")
    let stepMax = StateItem<UInt64>(2, "step-max")
    let contributions = StateMap<Address, UInt64>(3, "contributions")

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {
        let sender = context.addresses.format(try context.requireSender(), as: .account)
        try context.emit(
            .with {
                $0.incremented.account = sender
                $0.incremented.by = min(message.increment.by, 100)
            }
        )
    }

    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {}

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let configured): try stepMax.set(configured.stepMax, in: state)
        case .incremented(let incremented):
            try total.set((try total.value(in: state) ?? 0) &+ incremented.by, in: state)
            try contributions.update(try Address(bech32: incremented.account), in: state) {
                (contribution) throws(ModuleError) in contribution = (contribution ?? 0) &+ incremented.by
            }
        case nil: throw ModuleError(.unknownEvent, "empty")
        }
    }

    func answer(_ query: CounterQuery, _ state: StateReader) throws(ModuleError) -> CounterAnswer {
        let value = try total.value(in: state) ?? 0
        return .with { $0.value = value }
    }

    func migrate(from version: Version, _ context: Context) throws(ModuleError) {
        try context.emit(.with { $0.configured.stepMax = 100 })
    }
}
