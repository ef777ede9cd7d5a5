import ModuleKit
import ModuleTesting
import Testing

@Suite("Who administers")
struct AdministrationTests {
    let alice = Address.named("alice")
    let bob = Address.named("bob")

    /// Tells, at each `set` of the ledger, the ledger's admin and the chain's authority.
    private let teller = Echo<First> { (event, origin, context) throws(ModuleError) in
        guard case .set = event.event, origin.instance.module == Ledger.manifest.name else { return }
        let people = ["alice", "bob"].map { ($0, Address.named($0)) }
        let name = { (address: Address?) in people.first { $0.1 == address }?.0 ?? "nobody" }
        try context.emit(.set(name(try context.admin(of: 1)), name(try context.authority()), 1))
    }

    private func told(_ harness: ModuleHarness<Ledger>) throws -> String {
        let event = try harness.when(.steps(.set("a", "a", 1)), from: alice).thenSucceeded().events.last?.event
        let entry = try #require(event as? LedgerEvent).set
        return "\(entry.shelf), \(entry.name)"
    }

    @Test("an instance and the chain is known to modules, as of now, and follows from the log")
    func administration() throws {
        let harness = try ModuleHarness(Ledger(), neighbours: [teller])
        #expect(try told(harness) == "nobody, nobody")
        try harness.given(.admin(alice), .authority(bob))
        #expect(try told(harness) == "alice, bob")
        try harness.nextBlock()
        try harness.when(settingAdmin: bob).thenSucceeded()
        try harness.when(settingAdmin: alice, of: try harness.identity(of: Echo<First>.self)).thenSucceeded()
        try harness.when(settingAuthority: nil).thenSucceeded()
        #expect(try told(harness) == "bob, nobody")
        try harness.nextBlock()
        try harness.when(settingAdmin: nil).thenSucceeded()
        #expect(try told(harness) == "nobody, nobody")
        try harness.nextBlock()
    }

    @Test("is nobody without a governor")
    func withoutGovernor() throws {
        let execution = Execution(
            block: BlockInfo(chainID: "test-1", height: 1, time: .epoch),
            addresses: try AddressPrefixes(account: "cosmos"),
            session: StateSession(source: EmptyStateSource(), meter: WorkMeter()),
            moduleOrder: []
        )
        let identity = InstanceIdentity(number: 0, address: alice, label: "ledger", module: "ledger", version: "1.0.0")
        let state = InstanceState(instance: 0, session: execution.session)
        let ledger = ModuleInstance(Ledger(), identity: identity, state: state, vocabularyNumber: 0)
        #expect(try ledger.context(execution).admin(of: 0) == nil)
        #expect(try ledger.context(execution).authority() == nil)
    }
}
