import ModuleKit
import ModuleTesting
import Testing

/// `ledger` names an instance; `first` and `second` react in its name where they are named; `third` tells who has signed for what
/// is recorded.
@Suite("A reaction in the emitting instance's name")
struct AuthorizedReactionTests {
    let alice = Address.named("alice")
    let ledger = Address(moduleName: Ledger.manifest.name)
    // The host is 0, the ledger 1, and the neighbours come in their order.
    let first: UInt64 = 2

    private func reactor<Name: EchoName>(_: Name.Type) -> Echo<Name> {
        Echo(.toTraitAuthorized) { (event, origin, context) throws(ModuleError) in
            guard origin.instance.module == Ledger.manifest.name else { return }
            guard event.set.name != "refuse" else { throw ModuleError(.unauthorized, "no") }
            try context.emit(.set("by", Self.name(context.sender), 1))
        }
    }

    private static func name(_ account: Address?) -> String {
        switch account {
        case Address.named("alice"): "alice"
        case Address(moduleName: Ledger.manifest.name): "ledger"
        case nil: "nobody"
        default: "somebody"
        }
    }

    private func harness() throws -> ModuleHarness<Ledger> {
        let witness = Echo<Third>(.toTrait) { (_, origin, context) throws(ModuleError) in
            guard origin.instance.module != Third.name else { return }
            try context.emit(.set("signed", Self.name(origin.signer), 1))
        }
        return try ModuleHarness(Ledger(), neighbours: [reactor(First.self), reactor(Second.self), witness])
    }

    private func story(_ outcome: Outcome<Ledger>) -> [String] {
        outcome.events.compactMap { event in
            guard let entry = (event.event as? LedgerEvent)?.set, !entry.shelf.isEmpty else { return nil }
            return "\(event.instance.label) \(entry.shelf) \(entry.name)"
        }
    }

    @Test("is of the named instance alone, has it as sender and signer, and ends with the reaction")
    func named() throws {
        let outcome = try harness().when(.steps(.set("authorized", "go", first), .set("after", "", 1)), from: alice)
        #expect(
            story(try outcome.thenSucceeded()) == [
                "ledger authorized go", "first by ledger", "third signed ledger", "third signed alice",
                "ledger after ", "third signed alice",
            ]
        )
    }

    @Test("does not happen where nobody is named, nor an instance that does not react")
    func unnamed() throws {
        let harness = try harness()
        for number: UInt64 in [0, 1, 99] {
            let outcome = try harness.when(.steps(.set("authorized", "go", number)), from: alice).thenSucceeded()
            #expect(story(outcome) == ["ledger authorized go", "third signed alice"])
        }
    }

    @Test("vetoes the event when it fails, and so does an event that can't say whom it names")
    func veto() throws {
        let harness = try harness()
        try harness.when(.steps(.set("authorized", "refuse", first)), from: alice).thenFailed(.unauthorized)
            .thenLeftNothing()
        try harness.when(.steps(.set("broken", "", 1)), from: alice).thenFailed(.scripted).thenLeftNothing()
    }

    @Test("to a final event still has its sender, fails alone, and asks for room only where somebody is named")
    func final() throws {
        let harness = try harness()
        let named = try harness.when(recording: [.settled(.set("authorized", "go", first))], of: Ledger.self)
        #expect(story(try named.thenSucceeded()).contains("first by ledger"))
        let bare = try ModuleHarness(Ledger(), neighbours: [reactor(Last.self)])
        let limits = Execution.Limits()
        // Room for the ledger's own reaction, and for none after it.
        let used = try bare.when(.steps(.settle(.set("other", "go", 99))), from: alice).thenSucceeded().workUsed
        let room = limits.finalReactionWork + limits.failureRecordWork + used - 1
        for (shelf, isEnough) in [("other", true), ("authorized", false)] {
            let outcome = try bare.when(.steps(.settle(.set(shelf, "go", 99))), from: alice, workLimit: room)
            #expect(outcome.succeeded == isEnough)
        }
    }
}
