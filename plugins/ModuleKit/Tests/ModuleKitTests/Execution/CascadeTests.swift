import ModuleKit
import ModuleTesting
import Testing

@Suite("A cascade of events")
struct CascadeTests {
    let alice = Address.named("alice")

    /// What was recorded: who, what, because of which event; sequences count from the first.
    private func story(_ events: [RecordedEvent]) -> [String] {
        let first = events.first?.sequence ?? 0
        return events.map { event in
            "\(event.instance.label) \(event.kind.name)" + (event.cause.map { " < \($0 - first)" } ?? "")
        }
    }

    @Test("goes into the depth first, in the order of the module set, and names its causes")
    func order() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [Echo<First>.toLedger, Echo<Second>()])
        let outcome = try harness.when(.steps(.set("a", "b", 1), .insist(.set("c", "d", 2))), from: alice)
        #expect(
            story(outcome.events) == [
                "ledger set",
                "first heard < 0", "second heard < 1",
                "second heard < 0",
                "ledger nested",
                "first heard < 4", "second heard < 5",
                "second heard < 4",
                "ledger set < 4",
                "first heard < 8", "second heard < 9",
                "second heard < 8",
            ]
        )
        try harness.nextBlock()
    }

    @Test("follows the order of the set, not that of deployment")
    func moduleOrder() throws {
        let harness = try ModuleHarness(Echo<First>(), neighbours: [Echo<Second>.toLedger, Ledger()])
        let outcome = try harness.when(.steps(.set("a", "b", 1)), to: Ledger.self, from: alice)
        #expect(
            story(outcome.events) == [
                "ledger set", "second heard < 0", "first heard < 1", "first heard < 0",
            ]
        )
    }

    @Test("reaches a module after those that it requires")
    func requirements() throws {
        let harness = try ModuleHarness(Echo<First>.toLedger, neighbours: [Echo<Third>.toLedger, Ledger()])
        let outcome = try harness.when(.steps(.set("a", "b", 1)), to: Ledger.self, from: alice)
        #expect(story(outcome.events) == ["ledger set", "first heard < 0", "third heard < 0"])
    }

    @Test("sees in each reaction what was written before, and who signed")
    func seesState() throws {
        let expected = alice
        let asking = Echo<First> { (event, origin, context) throws(ModuleError) in
            let answer = try context.ask(LedgerQuery.with { $0.total = true }, of: origin.instance.number)
            guard answer.total == 5, origin.signer == expected, context.sender == expected else {
                throw ModuleError(.invalidState, "total is \(answer.total)")
            }
            try context.emit(.heard(answer.total))
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [asking])
        try harness.when(.steps(.set("a", "b", 5)), from: alice).thenSucceeded()
        try harness.when(.steps(.set("a", "b", 6)), from: alice).thenFailed(.invalidState, saying: "total is 6")
        try harness.when(.steps(.set("a", "b", 5)), from: .named("bob")).thenFailed(.invalidState)
    }

    @Test("is taken back whole by a veto, also what reactions before it did")
    func veto() throws {
        let refusing = Echo<Second> { (event, _, context) throws(ModuleError) in
            guard case .set(let entry) = event.event, entry.value == 13 else { return }
            try context.emit(.heard(0))
            throw ModuleError(.scripted, "thirteen")
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [Echo<First>.toLedger, refusing])
        try harness.given(.messages([.steps(.set("a", "a", 1))], from: alice))
        try harness.when(.steps(.set("b", "b", 2), .set("c", "c", 13)), from: alice).thenFailed(
            .scripted,
            saying: "thirteen"
        )
        #expect(try harness.query(.with { $0.total = true }).total == 1)
        let kept = try harness.when(
            .steps(.set("b", "b", 2), .attempt(.set("c", "c", 13)), .set("d", "d", 3)),
            from: alice
        )
        #expect(story(kept.events) == ["ledger set", "first heard < 0", "ledger set", "first heard < 2"])
        #expect(try harness.query(.with { $0.total = true }).total == 6)
        try harness.nextBlock()
    }

    @Test("can't be vetoed when the event is final: the subscriber alone is taken back, and its failure recorded")
    func finalEvents() throws {
        let failing = Echo<First> { (event, _, context) throws(ModuleError) in
            guard case .settled = event.event else { return }
            try context.emit(.heard(7))
            throw ModuleError(.scripted, "no")
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [failing, Echo<Second>()])
        let outcome = try harness.when(.steps(.settle(.set("a", "a", 1))), from: alice).thenSucceeded()
        #expect(
            story(outcome.events) == [
                "ledger settled", "test-host reaction_failed < 0", "second heard < 0", "ledger set < 0",
                "second heard < 3",
            ]
        )
        let failure = try #require(outcome.events.of(HarnessEvent.self).first).reactionFailed
        #expect(failure.codespace == "ledger" && failure.code == 1 && failure.error == "no" && failure.number == 2)
        #expect(try harness.state(of: Echo<First>.self).isEmpty(Echo<First>().heard))
        try harness.nextBlock()
    }

    @Test("ends when somebody fails on the very record of a failure")
    func failingOnFailures() throws {
        let failing = Echo<First> { (event, _, _) throws(ModuleError) in
            guard case .settled = event.event else { return }
            throw ModuleError(.scripted, "no")
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [failing, FailingNeighbour<HarnessEvent>()])
        let outcome = try harness.when(.steps(.settle(.set("a", "a", 1))), from: alice).thenSucceeded()
        #expect(outcome.events.of(HarnessEvent.self).count == 1)
        try harness.nextBlock()
    }

    @Test("leaves no trace of an emission whose error was caught")
    func caught() throws {
        let harness = try ModuleHarness(Ledger())
        let alone = try harness.when(.steps(.set("a", "a", 1), .set("b", "b", 2)), from: alice)
        let other = try ModuleHarness(Ledger())
        let mixed = try other.when(
            .steps(
                .attempt(.set("c", "c", 3), .poison("a", "a", 4)),
                .set("a", "a", 1),
                .attempt(.set("a", "a", 5), .insist(.set("d", "d", 6), .fail)),
                .set("b", "b", 2),
                .attempt(.blank)
            ),
            from: alice
        )
        #expect(mixed.emitted == alone.emitted)
        #expect(mixed.events.map(\.sequence) == alone.events.map(\.sequence))
        let roots = try (harness.nextBlock().stateRoot, other.nextBlock().stateRoot)
        #expect(roots.0 == roots.1)
    }

    @Test("may not lead deeper than the limit")
    func depth() throws {
        let harness = try ModuleHarness(Ledger(), options: HarnessOptions { $0.limits.depthMax = 5 })
        try harness.when(.steps(.chain(5)), from: alice).thenSucceeded()
        try harness.when(.steps(.chain(6)), from: alice).thenFailed(.limitExceeded, saying: "5 deep").thenLeftNothing()
        let caught = try harness.when(.steps(.attempt(.chain(5)), .set("a", "a", 1)), from: alice)
        #expect(story(caught.events) == ["ledger set"])
    }

    @Test("may not record more events than the limit, counted for each transaction alone")
    func count() throws {
        let harness = try ModuleHarness(Ledger(), options: HarnessOptions { $0.limits.eventsMax = 10 })
        let ten = (0..<10).map { LedgerStep.set("a", "\($0)", 1) }
        try harness.when(.steps(ten), from: alice).thenSucceeded()
        try harness.when(.steps(ten), from: alice).thenSucceeded()
        try harness.when(.steps(ten + [.pad(0)]), from: alice).thenFailed(.limitExceeded, saying: "10 events")
        // What was taken back does not count.
        try harness.when(.steps([.attempt(.set("b", "b", 1), .fail)] + ten), from: alice).thenSucceeded()
    }

    @Test("may not record an event over the size limit")
    func size() throws {
        let harness = try ModuleHarness(Ledger())
        let limit = UInt32(harness.options.limits.payloadBytesMax)
        try harness.when(.steps(.pad(limit - 4)), from: alice).thenSucceeded()
        try harness.when(.steps(.pad(limit - 3)), from: alice).thenFailed(.limitExceeded, saying: "\(limit)")
        try harness.nextBlock()
    }

    @Test("may record only kinds that the vocabulary lists")
    func unlisted() throws {
        let harness = try ModuleHarness(Ledger())
        try harness.when(.steps(.stray), from: alice).thenFailed(.unknownEvent)
        try harness.when(.steps(.blank), from: alice).thenFailed(.unknownEvent)
    }
}

extension Outcome {
    /// A failure records nothing and changes no validator.
    @discardableResult
    func thenLeftNothing() throws -> Self {
        try #require(events.isEmpty && validatorUpdates.isEmpty)
        return self
    }
}

extension StateReader {
    func isEmpty<Key, Value>(_ map: StateMap<Key, Value>) throws -> Bool { try map.entries(in: self, limit: 1).isEmpty }
}
