import ModuleKit
import ModuleTesting
import Testing

@Suite("A final event")
struct FinalEventTests {
    let relayer = Address.named("relayer")
    private let limits = Execution.Limits()

    /// What a transaction has to have left before a reaction to a final event starts.
    private var room: UInt64 { limits.finalReactionWork + limits.failureRecordWork }

    /// An application that reacts to the ledger's final events as a test says.
    private func application<Name: EchoName>(
        _: Name.Type,
        _ reaction: @escaping @Sendable (ModuleContext<Echo<Name>>) throws(ModuleError) -> Void
    ) -> Echo<Name> {
        Echo { (event, origin, context) throws(ModuleError) in
            guard case .settled = event.event, origin.instance.module == Ledger.manifest.name else { return }
            try reaction(context)
        }
    }

    private func failures<Module>(_ outcome: Outcome<Module>) -> [HarnessReactionFailed] {
        outcome.events.of(HarnessEvent.self).map(\.reactionFailed)
    }

    @Test("tells who emitted it where it stands and which reactions to it failed, but not what failed further down")
    func emission() throws {
        let courier = Echo<First> { (event, origin, context) throws(ModuleError) in
            guard case .nested = event.event else { return }
            let emission = try context.emit(.settled())
            try context.emit(.heard(emission.sequence - origin.sequence))
            for failure in emission.failures {
                try context.emit(.heard(UInt64(failure.instance.number) * 10 + UInt64(failure.error.code.number)))
            }
        }
        let failing = Echo<Second> { (event, origin, _) throws(ModuleError) in
            guard case .settled = event.event, origin.instance.module == First.name else { return }
            throw ModuleError(.scripted, "no")
        }
        let nesting = Echo<Third> { (event, origin, context) throws(ModuleError) in
            guard case .settled = event.event else { return }
            if origin.instance.module == First.name { try context.emit(.settled(.fail)) }
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [courier, failing, nesting])
        let outcome = try harness.when(.steps(.insist()), from: relayer).thenSucceeded()
        let told = outcome.events.filter { $0.instance.label == First.name }.compactMap { recorded -> UInt64? in
            guard case .heard(let value) = (recorded.event as? LedgerEvent)?.event else { return nil }
            return value
        }
        #expect(told == [1, 31], "one event after its cause; instance 3 failed with code 1, instance 4 did not")
        #expect(failures(outcome).map(\.number) == [3])
        #expect(try harness.when(.steps(.insist()), from: relayer).succeeded)
        try harness.nextBlock()
    }

    @Test("is reacted to in nobody's name, at every depth; afterwards the sender acts again")
    func signer() throws {
        let expected = relayer
        let reacting = Echo<Second> { (event, origin, context) throws(ModuleError) in
            switch event.event {
            case .settled:
                guard origin.signer == nil, context.sender == nil else { throw ModuleError(.scripted, "signed") }
                try context.emit(.heard(1))
            case .set:
                guard origin.signer == expected, context.sender == expected else {
                    throw ModuleError(.scripted, "not signed")
                }
            default: break
            }
        }
        let following = Echo<First> { (event, origin, context) throws(ModuleError) in
            guard case .heard = event.event, origin.instance.module == Second.name else { return }
            guard origin.signer == nil, context.sender == nil else { throw ModuleError(.scripted, "signed") }
            try context.emit(.heard(2))
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [following, reacting])
        let steps = LedgerMessage.steps(.set("a", "a", 1), .settle(), .set("b", "b", 2))
        let outcome = try harness.when(steps, from: relayer).thenSucceeded()
        #expect(failures(outcome).isEmpty)
        #expect(outcome.events.map(\.kind.name) == ["set", "settled", "heard", "heard", "set"])
    }

    @Test("gives each reaction the same work: a low limit of the transaction fails the whole of it or nothing")
    func workLimit() throws {
        let busy = application(First.self) { (context) throws(ModuleError) in
            try context.charge(900_000)
            try context.emit(.heard(1))
        }
        let steps = LedgerMessage.steps(.set("a", "a", 1), .settle(.set("b", "b", 2)), .set("c", "c", 3))
        let full = try ModuleHarness(Ledger(), neighbours: [busy]).when(steps, from: relayer).thenSucceeded()
        #expect(failures(full).isEmpty)
        // The ledger's own reaction is the last, and uses little of what it could.
        let enough = full.workUsed + room
        for limit in [100, 900_000, room, full.workUsed, full.workUsed + room / 2] {
            let harness = try ModuleHarness(Ledger(), neighbours: [busy])
            try harness.when(steps, from: relayer, workLimit: limit).thenFailed(.outOfWork).thenLeftNothing()
            let again = try harness.when(steps, from: relayer, workLimit: enough).thenSucceeded()
            #expect(again.emitted == full.emitted)
            #expect(again.workUsed == full.workUsed)
        }
    }

    @Test("needs exactly the work of a reaction, and of the record that it failed, to be left")
    func exactRoom() throws {
        let alone = try ModuleHarness(Ledger())
        let used = try alone.when(.steps(.settle()), from: relayer).workUsed
        try alone.when(.steps(.settle()), from: relayer, workLimit: used + room - 1).thenFailed(.outOfWork)
        try alone.when(.steps(.settle()), from: relayer, workLimit: used + room).thenSucceeded()
    }

    @Test("lets a reaction that never ends fail alone; it is recorded, it is paid for, and the rest goes on")
    func endless() throws {
        let endless = application(First.self) { (context) throws(ModuleError) in
            while true { try context.charge(7) }
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [endless])
        let steps = LedgerMessage.steps(.settle(), .set("a", "a", 1))
        let outcome = try harness.when(steps, from: relayer, workLimit: 2 * room + 1_000).thenSucceeded()
        let failure = try #require(failures(outcome).first)
        #expect(failure.codespace == "kit" && failure.code == ModuleError.Code.outOfWork.number)
        #expect(failure.error.contains("\(limits.finalReactionWork)"))
        #expect(outcome.events.map(\.kind.name) == ["settled", "reaction_failed", "set"])
        #expect(outcome.workUsed > limits.finalReactionWork && outcome.workUsed < room)
        try harness.nextBlock()
    }

    @Test("fails a reaction that used up its work also when it caught the error")
    func caughtInside() throws {
        let catching = application(First.self) { (context) throws(ModuleError) in
            do { while true { try context.charge(1_000) } } catch {}
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [catching])
        #expect(failures(try harness.when(.steps(.settle()), from: relayer)).map(\.number) == [2])
    }

    @Test("fails the transaction that has no room for a reaction also when its emitter caught the error")
    func caughtOutside() throws {
        let harness = try ModuleHarness(Ledger(), options: HarnessOptions { $0.limits = Self.smallLimits })
        let sets = (0..<30).map { LedgerStep.set("a", "\($0)", 1) }
        try harness.when(.steps(.attempt(.settle())), from: relayer, workLimit: 500).thenFailed(.outOfWork)
        let crowded = LedgerMessage.steps(sets + [.attempt(.settle()), .pad(0)])
        try harness.when(crowded, from: relayer).thenFailed(.limitExceeded).thenLeftNothing()
    }

    @Test("gives each reaction the same number of events, however many came before it in the transaction")
    func eventLimit() throws {
        let limits = Self.smallLimits
        let recording = { (count: Int) in
            self.application(First.self) { (context) throws(ModuleError) in
                for index in 0..<count { try context.emit(.heard(UInt64(index))) }
            }
        }
        let batch = { (count: Int) in
            LedgerMessage.steps((0..<count).map { LedgerStep.set("a", "\($0)", 1) } + [.settle()])
        }
        let harness = try ModuleHarness(
            Ledger(),
            neighbours: [recording(limits.finalReactionEventsMax)],
            options: HarnessOptions { $0.limits = limits }
        )
        // The final event, ten of the first reaction, and then the ledger's own has to have room for ten and the record.
        let most = limits.eventsMax - 1 - 2 * limits.finalReactionEventsMax - limits.failureRecordEventsMax
        #expect(failures(try harness.when(batch(most), from: relayer).thenSucceeded()).isEmpty)
        for count in most + 1...limits.eventsMax {
            try harness.when(batch(count), from: relayer).thenFailed(.limitExceeded).thenLeftNothing()
        }
        let excessive = try ModuleHarness(
            Ledger(),
            neighbours: [recording(limits.finalReactionEventsMax + 1)],
            options: HarnessOptions { $0.limits = limits }
        )
        #expect(failures(try excessive.when(batch(most), from: relayer).thenSucceeded()).map(\.number) == [2])
        try excessive.nextBlock()
    }

    @Test("within a reaction shares its allotment: what it leads to fails alone, whoever sent the transaction")
    func nested() throws {
        let outer = application(First.self) { (context) throws(ModuleError) in
            try context.charge(600_000)
            let emission = try context.emit(.settled())
            try context.emit(.heard(UInt64(emission.failures.count)))
        }
        let endless = Echo<Second> { (event, origin, context) throws(ModuleError) in
            guard case .settled = event.event, origin.instance.module == First.name else { return }
            while true { try context.charge(1_000) }
        }
        let harness = try ModuleHarness(endless, neighbours: [outer, Ledger()])
        let settle = LedgerMessage.steps(.settle())
        let full = try harness.when(settle, to: Ledger.self, from: relayer).thenSucceeded()
        #expect(full.events.map(\.kind.name) == ["settled", "settled", "reaction_failed", "heard"])
        #expect(full.emitted.last == .heard(1))
        #expect(failures(full).map(\.number) == [1])
        #expect(full.workUsed < room, "nested reactions have nothing of their own")
        let least = full.workUsed + room
        let spare = try harness.when(settle, to: Ledger.self, from: relayer, workLimit: least).thenSucceeded()
        #expect(spare.emitted == full.emitted)
        #expect(spare.workUsed == full.workUsed)
        try harness.nextBlock()
    }

    @Test("fails the reaction that emits it without leaving room for the record of a failure, and nothing else")
    func nestedWithoutRoom() throws {
        let kept = limits.failureRecordWork
        let greedy = application(First.self) { (context) throws(ModuleError) in
            try context.charge(1_000_000 - kept)
            try context.emit(.settled())
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [greedy, Echo<Second> { _, _, _ in }])
        let outcome = try harness.when(.steps(.settle(), .set("a", "a", 1)), from: relayer).thenSucceeded()
        #expect(outcome.events.map(\.kind.name) == ["settled", "reaction_failed", "set"])
        #expect(failures(outcome).map(\.number) == [2])
    }

    @Test("records a failure whose reason is long, and lets reactions to the record have no more than is kept for it")
    func longReasons() throws {
        let failing = application(First.self) { (_) throws(ModuleError) in
            throw ModuleError(.scripted, String(repeating: "é", count: 100_000))
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [failing, AcceptingNeighbour<HarnessEvent>()])
        let outcome = try harness.when(.steps(.settle()), from: relayer).thenSucceeded()
        let failure = try #require(failures(outcome).first)
        #expect(failure.error.utf8.count <= 512 && failure.error.hasSuffix("é…"))
        let seen = try harness.seen(by: AcceptingNeighbour<HarnessEvent>.self)
        #expect(seen.isEmpty, "it observes what it observes, without end, and is taken back alone")
        #expect(outcome.workUsed < limits.failureRecordWork + 100)
        try harness.nextBlock()
    }

    @Test("is limited in no way at genesis")
    func genesis() throws {
        let script = LedgerEvent.with { event in
            event.settled.steps = (0..<1_500).map { .set("a", "\($0)", 1) }
        }
        for isGenesis in [true, false] {
            let (ledger, execution) = try Self.machine(isGenesis: isGenesis)
            let emission = try execution.unit(transaction: 0) { () throws(ModuleError) in
                try ledger.record(script, execution)
            }
            #expect(emission.failures.map(\.error.code) == (isGenesis ? [] : [.limitExceeded]))
            #expect(emission.sequence == 0)
            #expect(execution.events.entries.count == (isGenesis ? 1_501 : 1))
        }
    }

    /// Limits under which little is much.
    private static var smallLimits: Execution.Limits {
        var limits = Execution.Limits()
        limits.eventsMax = 40
        limits.finalReactionEventsMax = 10
        limits.failureRecordEventsMax = 2
        return limits
    }

    /// A ledger in memory, at its genesis or after it, without a governor.
    private static func machine(isGenesis: Bool) throws -> (ModuleInstance<Ledger>, Execution) {
        let session = StateSession(source: EmptyStateSource(), meter: WorkMeter())
        let execution = Execution(
            block: BlockInfo(chainID: "test-1", height: isGenesis ? 0 : 1, time: .epoch, isGenesis: isGenesis),
            addresses: try HarnessOptions.addresses,
            session: session,
            moduleOrder: [Ledger.manifest.name]
        )
        let identity = InstanceIdentity(
            number: 0,
            address: .named("ledger"),
            label: "ledger",
            module: Ledger.manifest.name,
            version: Ledger.manifest.version
        )
        let ledger = ModuleInstance(
            Ledger(),
            identity: identity,
            state: InstanceState(instance: 0, session: session),
            vocabularyNumber: 0
        )
        execution.install(ledger)
        return (ledger, execution)
    }
}
