import ModuleKit
import ModuleTesting
import Testing

@Suite("The work meter")
struct WorkMeterTests {
    let alice = Address.named("alice")

    @Test("counts the same, whatever is kept in memory")
    func independentOfCaching() throws {
        var generator = ScriptGenerator(random: try .seeded())
        let kept = try ModuleHarness(Ledger())
        let dropped = try ModuleHarness(Ledger(), options: HarnessOptions { $0.limits.cellsMax = 0 })
        for _ in 0..<8 {
            for _ in 0..<5 {
                let message = LedgerMessage.steps(generator.steps())
                let one = try kept.when(message, from: alice)
                let other = try dropped.when(message, from: alice)
                #expect(one.workUsed == other.workUsed)
                #expect(one.error == other.error)
                #expect(one.emitted == other.emitted)
            }
            #expect(try kept.nextBlock().stateRoot == dropped.nextBlock().stateRoot)
        }
    }

    @Test("stops a transaction at its limit, and nothing of it remains")
    func limit() throws {
        let steps = LedgerMessage.steps(.set("a", "a", 1), .insist(.set("b", "b", 2), .remove("a", "a")))
        let needed = try ModuleHarness(Ledger()).when(steps, from: alice).thenSucceeded().workUsed
        for limit in [0, 1, needed / 2, needed - 1] {
            let harness = try ModuleHarness(Ledger())
            let outcome = try harness.when(steps, from: alice, workLimit: limit)
            try outcome.thenFailed(.outOfWork, saying: "\(limit)").thenLeftNothing()
            #expect(outcome.workUsed == limit)
            #expect(try harness.query(.with { $0.total = true }).total == 0)
            try harness.when(steps, from: alice, workLimit: needed).thenSucceeded()
            try harness.nextBlock()
        }
    }

    @Test("can't be got around by catching the error")
    func caught() throws {
        let steps = LedgerMessage.steps(.attempt(.set("a", "a", 1), .set("b", "b", 1)), .pad(0))
        let needed = try ModuleHarness(Ledger()).when(steps, from: alice).workUsed
        try ModuleHarness(Ledger()).when(steps, from: alice, workLimit: needed - 30).thenFailed(.outOfWork)
    }

    @Test("counts an event, its bytes, each read and each write")
    func costs() throws {
        let harness = try ModuleHarness(Ledger())
        let outcome = try harness.when(.steps(.pad(100)), from: alice)
        let byteCount = UInt64(try #require(outcome.emitted.first).encodedBytes().count)
        #expect(outcome.workUsed == WorkMeter.Cost.event + byteCount * WorkMeter.Cost.byte)
        let meter = WorkMeter()
        meter.start(limit: 10)
        try meter.charge(10)
        #expect(meter.remaining == 0)
        #expect(code { try meter.charge(1) } == .outOfWork)
        #expect(code { try meter.charge(.max) } == .outOfWork)
        #expect(meter.used == 10)
    }

    @Test("fails a transaction that passed its limit, also when the last thing that it does is to catch the error")
    func caughtLast() throws {
        let steps = LedgerMessage.steps(.set("a", "a", 1), .attempt(.set("b", "b", 1)))
        let needed = try ModuleHarness(Ledger()).when(steps, from: alice).workUsed
        let harness = try ModuleHarness(Ledger())
        try harness.when(steps, from: alice, workLimit: needed - 1).thenFailed(.outOfWork).thenLeftNothing()
        try harness.when(steps, from: alice, workLimit: needed).thenSucceeded()
    }

    @Test("sets an allotment aside: its body can use all of it and nothing else, at every depth")
    func allotments() throws {
        let meter = WorkMeter()
        meter.start(limit: 100)
        try meter.charge(10)
        let greedy = {
            try meter.withAllotment(50) { () throws(ModuleError) in
                #expect(meter.remaining == 50)
                try meter.charge(20)
                #expect(code { try meter.withAllotment(31) {} } == .outOfWork, "no more than the outer one has left")
            }
        }
        #expect(code { try greedy() } == .outOfWork, "who passed the end has failed, whatever he made of the error")
        #expect(meter.used == 60 && meter.remaining == 40)
        #expect(code { try meter.withAllotment(40) { () throws(ModuleError) in try meter.charge(41) } } == .outOfWork)
        #expect(meter.used == 100 && meter.remaining == 0)
        try meter.requireUnexhausted()
        #expect(code { try meter.charge(1) } == .outOfWork)
        #expect(code { try meter.requireUnexhausted() } == .outOfWork)
        meter.start(limit: .max)
        try meter.requireUnexhausted()
        try meter.withAllotment(5) { () throws(ModuleError) in
            try meter.withAllotment(3) { () throws(ModuleError) in try meter.charge(3) }
            #expect(meter.remaining == 2)
        }
        #expect(meter.used == 3 && meter.remaining == .max - 3)
    }

    @Test("counts the entries that a walk visits, not those that it could have")
    func walks() throws {
        let meter = WorkMeter()
        let session = StateSession(source: EmptyStateSource(), meter: meter)
        let ledger = ModuleInstance(
            Ledger(),
            identity: InstanceIdentity(number: 1, address: .named("l"), label: "l", module: "ledger", version: "1.0.0"),
            state: InstanceState(instance: 1, session: session),
            vocabularyNumber: 1
        )
        for index in 0..<100 {
            try ledger.apply(recorded: try LedgerEvent.set("a", "\(index)", 1).encodedBytes(), schemaVersion: 2)
        }
        for count in [1, 2, 63, 64, 65, 100] {
            meter.start(limit: .max)
            _ = try ledger.module.entries.entries(in: StateReader(ledger.state), limit: count)
            #expect(meter.used == UInt64(count) * WorkMeter.Cost.stateRead)
        }
    }
}
