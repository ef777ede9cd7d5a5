import ModuleKit
import ModuleTesting
import Synchronization
import Testing

@Suite("The module harness")
struct HarnessTests {
    let alice = Address.named("alice")

    /// The code of the harness's error, or nil when there is none.
    private func harnessCode(_ operation: () throws -> Void) -> HarnessError.Code? {
        do {
            try operation()
            return nil
        } catch {
            return (error as? HarnessError)?.code
        }
    }

    @Test("tells what came of a message")
    func outcomes() throws {
        let harness = try ModuleHarness(Ledger())
        try harness.given(.messages([.steps(.set("a", "a", 1))], from: alice))
        let outcome = try harness.when(.steps(.set("b", "b", 2)), from: alice)
        try outcome.thenSucceeded().thenEmitted(.set("b", "b", 2))
        #expect(outcome.events.map(\.sequence) == [1])
        #expect(outcome.events.first?.description.contains("ledger.set") == true)
        try harness.when(.steps(.fail), from: alice).thenFailed(.scripted, saying: "script")
        try harness.when(.steps([]), from: alice).thenEmittedNothing()
        #expect(try harness.query(.with { $0.total = true }).total == 3)
    }

    @Test("says what is wrong with an outcome that is not the expected one")
    func wrongOutcomes() throws {
        let harness = try ModuleHarness(Ledger())
        let kept = try harness.when(.steps(.set("b", "b", 2)), from: alice)
        #expect(harnessCode { try kept.thenFailed(.scripted) } == .unexpectedOutcome)
        #expect(harnessCode { try kept.thenEmitted() } == .unexpectedOutcome)
        #expect(harnessCode { try kept.thenEmitted(.set("b", "b", 3)) } == .unexpectedOutcome)
        #expect(harnessCode { try kept.thenEmitted(.set("b", "b", 2), .set("b", "b", 2)) } == .unexpectedOutcome)
        #expect(harnessCode { try kept.thenEmittedNothing() } == .unexpectedOutcome)
        let refused = try harness.when(.steps(.fail), from: alice)
        #expect(harnessCode { try refused.thenSucceeded() } == .unexpectedOutcome)
        #expect(harnessCode { try refused.thenFailed(.poisoned) } == .unexpectedOutcome)
        #expect(harnessCode { try refused.thenFailed(.scripted, saying: "else") } == .unexpectedOutcome)
        #expect(harnessCode { try harness.given(.messages([.steps(.fail)], from: alice)) } == .givenFailed)
        let error = #expect(throws: HarnessError.self) { try kept.thenEmitted(.set("b", "b", 3)) }
        #expect(error?.message.contains(#""value":"3""#) == true && error?.message.contains("ledger.set") == true)
    }

    @Test("gives each block its height, its time and what the engine reports")
    func blocks() throws {
        let harness = try ModuleHarness(Ledger(), options: HarnessOptions { $0.chainID = "blocks-7" })
        #expect(harness.block.height == 0 && harness.block.isGenesis)
        try harness.given(.blocks(2, every: .seconds(10)))
        #expect(harness.block.height == 3 && !harness.block.isGenesis && harness.block.chainID == "blocks-7")
        #expect(harness.block.time == (try harness.options.genesisTime.adding(.seconds(25))))
        let proposer = Address.named("proposer")
        try harness.nextBlock(report: EngineReport(proposer: proposer))
        #expect(harness.block.report.proposer == proposer)
    }

    @Test("shows what accepting neighbours saw, and only what was kept")
    func accepting() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [AcceptingNeighbour<LedgerEvent>()])
        try harness.when(.steps(.set("a", "a", 1), .attempt(.set("b", "b", 2), .fail), .mint(3)), from: alice)
        try harness.when(.steps(.set("c", "c", 1), .fail), from: alice)
        try harness.nextBlock()
        let seen = try harness.seen(by: AcceptingNeighbour<LedgerEvent>.self)
        #expect(seen.map(\.kindName) == ["set", "minted"])
    }

    @Test("has neighbours that refuse what a test wants refused")
    func failing() throws {
        let failing = FailingNeighbour<LedgerEvent> { $0.set.value == 13 || $0.kindName == "settled" }
        let harness = try ModuleHarness(Ledger(), neighbours: [failing])
        try harness.when(.steps(.set("a", "a", 12)), from: alice).thenEmitted(.set("a", "a", 12))
        try harness.when(.steps(.set("a", "a", 13)), from: alice).thenFailed(.refusedByNeighbour).thenLeftNothing()
        let settled = try harness.when(.steps(.settle()), from: alice).thenEmitted(.settled())
        #expect(settled.events.of(HarnessEvent.self).map(\.reactionFailed.codespace) == ["testing"])
        try harness.nextBlock()
    }

    @Test("finds an invariant that a message breaks, with name and figures")
    func invariants() throws {
        let harness = try ModuleHarness(Breakable())
        try harness.given(.events([.heard(1)]))
        let error = #expect(throws: HarnessError.self) { try harness.given(.events([.heard(5)])) }
        #expect(error?.code == .invariantViolated)
        #expect(error?.message.contains("below-five: 5") == true)
    }

    @Test("finds state that does not follow from the events alone")
    func impurity() throws {
        let harness = try ModuleHarness(Breakable(isPure: false))
        try harness.given(.events([.heard(1)]))
        let error = #expect(throws: HarnessError.self) { try harness.nextBlock() }
        #expect(error?.code == .replayDiffers)
        #expect(error?.message.contains("breakable/last") == true)
        #expect(harnessCode { try harness.nextBlock() } == .outOfTurn)
    }

    @Test("lists a hook that fails, as the host records it, or throws")
    func hooks() throws {
        let harness = try ModuleHarness(Breakable())
        try harness.given(.events([.heard(3)]))
        let outcome = try harness.nextBlock(toleratingFailures: true)
        #expect(outcome.failures.map(\.hook) == ["end_block"])
        #expect(outcome.ended.map(\.kind.name) == ["hook_failed"])
        #expect(harnessCode { try harness.nextBlock() } == .hookFailed)
    }

    @Test("imports a genesis document first, or not at all")
    func genesis() throws {
        let harness = try ModuleHarness(Breakable())
        try harness.when(importing: Self.document(["unknown": true])).thenFailed(
            .invalidArgument,
            saying: "unknown (once)"
        )
        #expect(harness.genesisReport.hasSkipped)
        try harness.given(.genesis(appState: ["breakable": ["last": "2"]]))
        #expect(try harness.module.last.value(in: try harness.state) == 2)
        #expect(try harness.exportGenesis() == ["breakable": ["last": "2"]])
        #expect(harnessCode { try harness.given(.genesis(appState: [:])) } == .outOfTurn)
    }

    @Test("refuses a configuration that the module refuses")
    func configuration() {
        #expect(
            harnessCode {
                let harness = try ModuleHarness(Ledger(), options: HarnessOptions { $0.configuration = ["x": true] })
                try harness.nextBlock()
            } == .givenFailed
        )
    }

    @Test("knows only the modules that it was given")
    func unknownModule() throws {
        let harness = try ModuleHarness(Ledger())
        #expect(harnessCode { _ = try harness.state(of: Breakable.self) } == .unknownModule)
        #expect(try harness.identity.label == "ledger" && harness.identity.number == 1)
    }

    @Test("has a digest that any difference changes")
    func digest() throws {
        func digest(_ value: UInt64) throws -> [UInt8] {
            let harness = try ModuleHarness(Ledger())
            try harness.given(.messages([.steps(.set("a", "a", value))], from: alice), .blocks(1))
            return try harness.digest()
        }
        #expect(try digest(1) == digest(1))
        #expect(try digest(1) != digest(2))
    }

    @Test("hands each neighbour the configuration that is meant for it, and refuses one that is meant for nobody")
    func neighbourConfigurations() throws {
        var options = HarnessOptions()
        options.neighbourConfigurations = ["breakable": ["last": "4"]]
        let harness = try ModuleHarness(Ledger(), neighbours: [Breakable()], options: options)
        try harness.nextBlock()
        #expect(try Breakable().last.value(in: harness.state(of: Breakable.self)) == 4)
        options.neighbourConfigurations = ["breakable": ["last": "4"], "brakeable": [:]]
        let error = #expect(throws: HarnessError.self) {
            try ModuleHarness(Ledger(), neighbours: [Breakable()], options: options)
        }
        #expect(error?.code == .unknownModule && error?.message.contains("brakeable") == true)
    }

    @Test("proves what its modules stored, and says so where there is nothing to prove yet")
    func proofs() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [Echo<First>.toLedger])
        #expect(harnessCode { _ = try harness.appHash } == .storage)
        #expect(harnessCode { _ = try harness.proof(of: Pair("a", "a"), in: Ledger().entries) } == .storage)
        try harness.given(.messages([.steps(.set("a", "a", 1))], from: alice), .blocks(1))
        let own = try harness.proof(of: Pair("a", "a"), in: Ledger().entries)
        let stored = try #require(try harness.storedState().first { $0.key == own.path.last })
        #expect(own.value == stored.value)
        #expect(try own.appHash == harness.appHash)
        #expect(try harness.proof(of: stored.key) == own)
        let other = try harness.proof(of: UInt64(0), in: Echo<First>().heard, of: Echo<First>.self)
        #expect(other.value == [] && other.path.last?.prefix(5) == [0, 0, 0, 2, 1])
        #expect(harnessCode { _ = try harness.proof(of: stored.key, at: 99) } == .storage)
    }

    private static func document(_ section: JSONValue) -> GenesisDocument {
        GenesisDocument(chainID: "test-1", time: .epoch, appState: ["breakable": section])
    }
}

/// Breaks in every way that the harness has to find.
private struct Breakable: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = LedgerEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: "breakable", version: "1.0.0")

    /// Outside of the state, so that no replay sees it.
    private final class Memory: Sendable {
        let count = Mutex<UInt64>(0)
    }

    let last = StateItem<UInt64>(1, "last")
    var isPure = true
    private let memory = Memory()

    init(isPure: Bool = true) { self.isPure = isPure }

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}

    func apply(_ event: LedgerEvent, to state: StateWriter) throws(ModuleError) {
        guard case .heard(let value) = event.event else { return }
        let extra =
            isPure
            ? 0
            : memory.count.withLock { count -> UInt64 in
                count += 1
                return count
            }
        try last.set(value &+ extra, in: state)
    }

    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        guard let last = JSONField(configuration)["last"].optional else { return }
        try context.emit(.heard(try last.integer(as: UInt64.self)))
    }

    func endBlock(_ context: Context) throws(ModuleError) {
        guard try last.value(in: context) == 3 else { return }
        try context.emit(.heard(4))
        throw ModuleError(.scripted, "three")
    }

    func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        for (name, value) in try genesis.appState["breakable"].optional?.members() ?? [] {
            if name == "last" {
                try context.emit(.heard(try value.integer(as: UInt64.self)))
            } else {
                report.skip("app_state.breakable.\(name)", "unknown")
            }
        }
    }

    func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        let last = try last.value(in: state) ?? 0
        return [("breakable", ["last": .string(String(last))])]
    }

    func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        let last = try last.value(in: state) ?? 0
        return last < 5 ? [] : [InvariantViolation("below-five", "\(last)")]
    }
}
