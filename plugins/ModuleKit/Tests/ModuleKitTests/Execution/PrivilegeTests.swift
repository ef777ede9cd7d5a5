import ModuleKit
import ModuleTesting
import Testing

@Suite("A privileged event")
struct PrivilegeTests {
    let alice = Address.named("alice")

    @Test("needs a grant for its instance, and nothing of it remains without one")
    func grants() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [Echo<First>()])
        try harness.when(.steps(.mint(5)), from: alice).thenSucceeded()
        harness.withhold(.ledgerMint)
        try harness.when(.steps(.set("a", "a", 1), .mint(5)), from: alice)
            .thenFailed(.notGranted, saying: "ledger/mint")
            .thenLeftNothing()
        let caught = try harness.when(.steps(.attempt(.mint(5)), .set("a", "a", 1)), from: alice)
        #expect(caught.emitted.filter { $0.kindName == "minted" }.isEmpty)
        harness.grant(.ledgerMint)
        try harness.when(.steps(.mint(5)), from: alice).thenSucceeded()
    }

    @Test("of one instance is no matter of another's grant")
    func ofOthers() throws {
        let minting = Echo<First> { (event, _, context) throws(ModuleError) in
            if case .set = event.event { try context.emit(.with { $0.minted = 1 }) }
        }
        let harness = try ModuleHarness(Ledger(), neighbours: [minting])
        harness.withhold(.ledgerMint, from: Echo<First>.self)
        try harness.when(.steps(.mint(1)), from: alice).thenSucceeded()
        try harness.when(.steps(.set("a", "a", 1)), from: alice).thenFailed(.notGranted, saying: "first")
    }

    @Test("is refused where nobody decides on grants")
    func withoutGovernor() throws {
        let session = StateSession(source: EmptyStateSource(), meter: WorkMeter())
        let execution = Execution(
            block: BlockInfo(chainID: "test-1", height: 1, time: .epoch),
            addresses: try HarnessOptions.addresses,
            session: session,
            moduleOrder: []
        )
        let ledger = ModuleInstance(
            Ledger(),
            identity: InstanceIdentity(number: 0, address: .named("l"), label: "l", module: "ledger", version: "1.0.0"),
            state: InstanceState(instance: 0, session: session),
            vocabularyNumber: 0
        )
        execution.install(ledger)
        #expect(code { try ledger.record(.with { $0.minted = 1 }, execution) } == .notGranted)
        #expect(execution.events.entries.isEmpty)
    }
}

extension HarnessOptions {
    /// The text forms of a test chain's addresses.
    static var addresses: AddressPrefixes {
        get throws { try AddressPrefixes(account: HarnessOptions().addressPrefix) }
    }
}
