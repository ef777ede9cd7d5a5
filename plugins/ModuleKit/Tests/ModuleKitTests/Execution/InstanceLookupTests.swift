import ModuleKit
import ModuleTesting
import Testing

@Suite("An instance looked up")
struct InstanceLookupTests {
    @Test("is found by its number, its label, and its address on this chain")
    func found() throws {
        let chain = try Chain(["host", "vault", "vault-2"])
        for (number, label) in ["host", "vault", "vault-2"].enumerated() {
            let address = chain.execution.addresses.format(.named(label), as: .account)
            #expect(chain.context.instance(numbered: UInt32(number))?.label == label)
            #expect(chain.context.instance(named: label)?.number == UInt32(number))
            #expect(chain.context.instance(named: address)?.number == UInt32(number))
            #expect(chain.context.instance(named: address.uppercased())?.number == UInt32(number))
        }
    }

    @Test("is nil for what means no instance here")
    func notFound() throws {
        let chain = try Chain(["host", "vault"])
        let foreign = try AddressPrefixes(account: "osmo").format(.named("vault"), as: .account)
        let validator = chain.execution.addresses.format(.named("vault"), as: .validatorOperator)
        let stranger = chain.execution.addresses.format(.named("stranger"), as: .account)
        for reference in ["", "Vault", "vault ", "1", "vault-2", foreign, validator, stranger] {
            #expect(chain.context.instance(named: reference) == nil, "\(reference)")
        }
        #expect(chain.context.instance(numbered: 2) == nil)
        #expect(chain.context.instance(numbered: .max) == nil)
    }

    @Test("by an address is never one whose label reads like it")
    func impostor() throws {
        let chain = try Chain(["host", "vault"])
        let address = chain.execution.addresses.format(.named("vault"), as: .account)
        chain.install(address, number: 2)
        #expect(chain.context.instance(named: address)?.label == "vault")
    }

    @Test("is gone with the deployment that is taken back, and found when it is deployed again")
    func rolledBack() throws {
        let chain = try Chain(["host", "vault"])
        let address = chain.execution.addresses.format(.named("late"), as: .account)
        let refused = code {
            try chain.execution.unit(transaction: 1) { () throws(ModuleError) in
                chain.install("late", number: 2)
                guard chain.context.instance(named: "late")?.number == 2 else { return }
                throw ModuleError(.scripted, "after all not")
            }
        }
        #expect(refused == .scripted)
        for reference in ["late", address] { #expect(chain.context.instance(named: reference) == nil) }
        #expect(chain.context.instance(numbered: 2) == nil)
        #expect(chain.context.instance(named: "vault")?.number == 1)
        chain.install("other", number: 2)
        chain.install("late", number: 3)
        for reference in ["late", address] { #expect(chain.context.instance(named: reference)?.number == 3) }
        #expect(chain.context.instance(named: "other")?.number == 2)
    }

    @Test("shows the version that took its place")
    func replaced() throws {
        let chain = try Chain(["host", "vault", "bank"])
        chain.install("vault", number: 1, version: "2.0.0")
        #expect(chain.context.instance(named: "vault")?.version == "2.0.0")
        #expect(chain.context.instance(numbered: 1)?.version == "2.0.0")
        chain.install("safe", number: 1)
        #expect(chain.context.instance(named: "vault") == nil)
        #expect(chain.context.instance(named: "safe")?.number == 1)
        #expect(chain.context.instance(named: "bank")?.number == 2)
    }

    /// An execution with some ledgers in it; each one's address is that of the person of its label.
    private final class Chain {
        let execution: Execution

        init(_ labels: [String]) throws {
            execution = Execution(
                block: BlockInfo(chainID: "test-1", height: 1, time: .epoch),
                addresses: try HarnessOptions.addresses,
                session: StateSession(source: EmptyStateSource(), meter: WorkMeter()),
                moduleOrder: []
            )
            for (number, label) in labels.enumerated() { install(label, number: UInt32(number)) }
        }

        var context: ModuleContext<Ledger> { instance("asking", number: 0, version: "1.0.0").context(execution) }

        func install(_ label: String, number: UInt32, version: Version = "1.0.0") {
            execution.install(instance(label, number: number, version: version))
        }

        private func instance(_ label: String, number: UInt32, version: Version) -> ModuleInstance<Ledger> {
            ModuleInstance(
                Ledger(),
                identity: InstanceIdentity(
                    number: number,
                    address: .named(label),
                    label: label,
                    module: Ledger.manifest.name,
                    version: version
                ),
                state: InstanceState(instance: number, session: execution.session),
                vocabularyNumber: 0
            )
        }
    }
}
