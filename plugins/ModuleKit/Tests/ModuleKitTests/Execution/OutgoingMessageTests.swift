import ModuleKit
import ModuleTesting
import Testing

/// `ledger`, which sends, and `ledger-2`, which is told.
@Suite("A message that an event sends")
struct OutgoingMessageTests {
    let alice = Address.named("alice")

    /// What was recorded: who, what, because of which event; sequences count from the first.
    private func story(_ events: [RecordedEvent]) -> [String] {
        let first = events.first?.sequence ?? 0
        return events.map { event in
            "\(event.instance.label) \(event.kind.name)" + (event.cause.map { " < \($0 - first)" } ?? "")
        }
    }

    private func harness(_ neighbours: any ProtocolModule..., depthMax: Int = 32) throws -> ModuleHarness<Ledger> {
        try ModuleHarness(
            Ledger(),
            neighbours: [Ledger()] + neighbours,
            options: HarnessOptions { $0.limits.depthMax = depthMax }
        )
    }

    @Test("is handled after all other reactions to the event, in order, and what follows names the event as its cause")
    func order() throws {
        let harness = try harness(Echo<First>.toLedger)
        let outcome = try harness.when(
            .steps(.send(to: "ledger-2", .set("a", "a", 1)), .set("b", "b", 2)),
            from: alice
        )
        #expect(
            story(outcome.events) == [
                "ledger sent", "first heard < 0",
                "ledger-2 set < 0", "first heard < 2",
                "ledger set", "first heard < 4",
            ]
        )
        let several = try harness.when(
            .steps(
                .send(
                    ("ledger-2", try LedgerMessage.steps(.set("a", "b", 3)).encodedBytes()),
                    (
                        harness.addresses.format(try harness.identity.address, as: .account),
                        try LedgerMessage.steps(.set("a", "c", 4)).encodedBytes()
                    )
                )
            ),
            from: alice
        )
        #expect(several.events.filter { $0.kind.name == "set" }.map(\.instance.number) == [2, 1])
        try harness.nextBlock()
    }

    @Test("has the emitting instance as its sender, in all that it leads to, and not whoever signed")
    func sender() throws {
        let signers = Echo<First> { (event, origin, context) throws(ModuleError) in
            guard case .set = event.event, origin.instance.module == Ledger.manifest.name else { return }
            let names = [origin.signer, context.sender].map { signer in
                context.instance(named: signer.map { context.addresses.format($0, as: .account) } ?? "")?.label
            }
            try context.emit(.set(names[0] ?? "a person", names[1] ?? "a person", 1))
        }
        let harness = try harness(signers)
        let outcome = try harness.when(
            .steps(
                .set("before", "", 1),
                .send(to: "ledger-2", .insist(.set("by", "message", 2))),
                .set("after", "", 3)
            ),
            from: alice
        )
        let told = outcome.events.filter { $0.instance.module == First.name }.compactMap { $0.event as? LedgerEvent }
        #expect(told.map(\.set.shelf) == ["a person", "ledger", "a person"])
        #expect(told.map(\.set.name) == ["a person", "ledger", "a person"])
    }

    @Test("that is refused vetoes the event and all its messages; whoever catches that goes on as if nothing had been")
    func refused() throws {
        let harness = try harness()
        let good = ("ledger-2", try LedgerMessage.steps(.set("a", "a", 1)).encodedBytes())
        let bad = ("ledger-2", try LedgerMessage.steps(.set("b", "b", 1), .fail).encodedBytes())
        try harness.when(.steps(.send(good, bad)), from: alice).thenFailed(
            .scripted,
            saying: "message 1: as the script"
        )
        .thenLeftNothing()
        let kept = try harness.when(.steps(.attempt(.send(good, bad)), .set("c", "c", 3)), from: alice)
        #expect(story(kept.events) == ["ledger set"])
        #expect(try harness.query(.with { $0.total = true }).total == 3)
        try harness.nextBlock()
    }

    @Test("to nobody, or that says nothing its addressee knows, is refused")
    func malformed() throws {
        let harness = try harness()
        let message = try LedgerMessage.steps(.set("a", "a", 1)).encodedBytes()
        let stranger = harness.addresses.format(alice, as: .account)
        for (instance, payload, code) in [
            ("nobody", message, ModuleError.Code.notFound), ("", message, .notFound), (stranger, message, .notFound),
            ("test-host", message, .notFound),
            ("ledger-2", [], .unknownMessage), ("ledger-2", [0xFF], .undecodable),
            ("ledger-2", [0x7A, 0x00], .unknownField), ("broken", message, .scripted),
        ] {
            try harness.when(.steps(.send((instance, payload))), from: alice).thenFailed(code).thenLeftNothing()
        }
    }

    @Test("to oneself that sends another counts towards the depth of a cascade")
    func depth() throws {
        func nested(_ count: Int) throws -> LedgerStep {
            try (0..<count).reduce(.set("end", "", 1)) { (inner, _) in try .send(to: "ledger", inner) }
        }
        // The last `set` has a subscriber, the ledger itself, and so needs room for one level more.
        let harness = try harness(depthMax: 5)
        try harness.when(.steps(nested(4)), from: alice).thenSucceeded()
        try harness.when(.steps(nested(5)), from: alice).thenFailed(.limitExceeded, saying: "5 deep").thenLeftNothing()
        let caught = try harness.when(.steps(.attempt(nested(5)), .set("a", "a", 1)), from: alice)
        #expect(story(caught.events) == ["ledger set"])
    }

    @Test("of what a final event leads to fails without the event, and still has its sender")
    func final() throws {
        let signers = Echo<First> { (event, origin, _) throws(ModuleError) in
            guard case .set = event.event, origin.instance.label == "ledger-2" else { return }
            guard origin.signer == Address(moduleName: "ledger") else { throw ModuleError(.unauthorized, "who?") }
        }
        let harness = try harness(signers)
        let told = try harness.when(.steps(.settle(.send(to: "ledger-2", .set("a", "a", 1)))), from: alice)
        #expect(try story(told.thenSucceeded().events) == ["ledger settled", "ledger sent < 0", "ledger-2 set < 1"])
        let refused = try harness.when(.steps(.settle(.send(to: "ledger-2", .fail)), .set("b", "b", 2)), from: alice)
        #expect(story(refused.events) == ["ledger settled", "test-host reaction_failed < 0", "ledger set"])
        try harness.nextBlock()
    }

    @Test("asks for no room after a final event that sends none")
    func finalWithout() throws {
        let limits = Execution.Limits()
        let harness = try harness()
        let room = limits.finalReactionWork + limits.failureRecordWork + 1_000
        try harness.when(.steps(.settle(.set("a", "a", 1))), from: alice, workLimit: room).thenSucceeded()
    }

    @Test("to the host is kept for the test to look at")
    func toHost() throws {
        let harness = try harness()
        let outcome = try harness.when(.steps(.send(("host", [1, 2, 3]))), from: alice).thenSucceeded()
        let told = try #require(outcome.events.of(HarnessEvent.self).first?.hostTold)
        #expect(told.number == 1 && Array(told.message) == [1, 2, 3])
        #expect(story(outcome.events) == ["ledger sent", "test-host host_told < 0"])
        try harness.nextBlock()
    }
}
