import ModuleKit
import ModuleTesting
import Testing

@Suite("What is taken back")
struct RollbackTests {
    let alice = Address.named("alice")

    @Test("takes its changes of the validator set with it, at every depth")
    func validatorUpdates() throws {
        let harness = try ModuleHarness(Ledger())
        try harness.when(.steps(.power(1), .fail), from: alice).thenFailed(.scripted).thenLeftNothing()
        let kept = try harness.when(
            .steps(.power(2), .attempt(.power(3), .fail), .settle(.power(4), .fail), .attempt(.power(5))),
            from: alice
        )
        #expect(kept.validatorUpdates.map(\.power) == [2, 5])
        try harness.when([.steps(.power(6)), .steps(.fail)], from: alice).thenFailed(.scripted).thenLeftNothing()
        #expect(try harness.nextBlock().validatorUpdates.map(\.power) == [2, 5])
        #expect(try harness.nextBlock().validatorUpdates.isEmpty)
    }

    @Test("is everything, when a body is only tried out")
    func discarding() throws {
        let machine = try Machine(source: EmptyStateSource())
        machine.execution.startBlock(machine.execution.block, nextSequence: 0)
        let total = try machine.execution.discarding { () throws(ModuleError) in
            try machine.run(.set("a", "a", 4), .power(9))
            return try machine.total
        }
        #expect(total == 4)
        #expect(try machine.total == 0)
        #expect(machine.execution.validatorUpdates.isEmpty)
        #expect(machine.execution.events.entries.isEmpty)
        #expect(try machine.execution.sealState().changes.isEmpty)
    }

    @Test("is not what was sealed: a block's changes come sorted, once, and are the ground of the next")
    func sealing() throws {
        let machine = try Machine(source: EmptyStateSource())
        machine.execution.startBlock(machine.execution.block, nextSequence: 0)
        try machine.run(.set("b", "b", 1), .set("a", "a", 2), .remove("b", "b"), .attempt(.set("c", "c", 3), .fail))
        let keys = try machine.execution.sealState().changes.map(\.key)
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
        #expect(keys.count == 5, "two entries, two marks and the total; nothing of what was taken back")
        #expect(try machine.execution.sealState().changes.isEmpty)
        machine.execution.startBlock(machine.execution.block, nextSequence: 0)
        #expect(code { try machine.run(.set("a", "a", 7), .fail) } == .scripted)
        #expect(try machine.total == 2)
        #expect(try machine.execution.sealState().changes.isEmpty)
    }

    @Test("is not what was sealed but is not stored yet, however little is kept in memory")
    func sealedNotStored() throws {
        let machine = try Machine(source: EmptyStateSource(), cellsMax: 0)
        machine.execution.startBlock(machine.execution.block, nextSequence: 0)
        try machine.run(.set("a", "a", 2))
        #expect(try !machine.execution.sealState().changes.isEmpty)
        #expect(try machine.total == 2)
    }

    @Test("is the whole block, when storage fails, whatever a module makes of the error")
    func storageFailure() throws {
        let source = FaultySource()
        let machine = try Machine(source: source)
        machine.execution.startBlock(machine.execution.block, nextSequence: 0)
        try machine.run(.set("a", "a", 1))
        source.fails = true
        try machine.run(.attempt(.set("b", "b", 1)))
        source.fails = false
        #expect(machine.execution.session.storageFailure is FaultySource.Fault)
        #expect(code { try machine.execution.sealState() } == .storageFailed)
    }

    /// A ledger over any source of state.
    private final class Machine {
        let execution: Execution
        let ledger: ModuleInstance<Ledger>

        init(source: any StateSource, cellsMax: Int = Execution.Limits().cellsMax) throws {
            var limits = Execution.Limits()
            limits.cellsMax = cellsMax
            let session = StateSession(source: source, meter: WorkMeter())
            execution = Execution(
                block: BlockInfo(chainID: "test-1", height: 1, time: .epoch),
                addresses: try HarnessOptions.addresses,
                session: session,
                moduleOrder: [Ledger.manifest.name],
                limits: limits
            )
            ledger = ModuleInstance(
                Ledger(),
                identity: InstanceIdentity(
                    number: 0,
                    address: .named("ledger"),
                    label: "ledger",
                    module: Ledger.manifest.name,
                    version: Ledger.manifest.version
                ),
                state: InstanceState(instance: 0, session: session),
                vocabularyNumber: 0
            )
            execution.install(ledger)
        }

        func run(_ steps: LedgerStep...) throws(ModuleError) {
            let message = try LedgerMessage.steps(steps).encodedBytes()
            try execution.unit(transaction: 1) { () throws(ModuleError) in
                try ledger.handle(message, execution, sender: .named("alice"))
            }
        }

        var total: UInt64 {
            get throws(ModuleError) { try execution.ask(LedgerQuery.with { $0.total = true }, of: 0).total }
        }
    }

    /// Fault model: while `fails` is set, every read and scan throws; otherwise there is no entry.
    private final class FaultySource: StateSource {
        struct Fault: Error {}

        var fails = false

        func read(_ key: [UInt8], into buffer: inout [UInt8]) throws -> Bool {
            if fails { throw Fault() }
            return false
        }

        func scan(
            prefix: [UInt8],
            from start: [UInt8]?,
            reversed: Bool,
            _ visit: ([UInt8], [UInt8]) throws -> Bool
        ) throws {
            if fails { throw Fault() }
        }
    }
}
