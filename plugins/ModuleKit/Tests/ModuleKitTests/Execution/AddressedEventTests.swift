import ModuleKit
import ModuleTesting
import Testing

@Suite("An event for one instance")
struct AddressedEventTests {
    private func listener<Name: EchoName>(_: Name.Type) -> Echo<Name> {
        Echo { (event, origin, context) throws(ModuleError) in
            guard case .heard(let value) = event.event, origin.instance.module == Ledger.manifest.name else { return }
            try context.emit(.heard(value % 1_000))
        }
    }

    private func listeners(of value: UInt64) throws -> [String] {
        let harness = try ModuleHarness(Ledger(), neighbours: [listener(First.self), listener(Second.self)])
        let outcome = try harness.when(recording: [.heard(value)], of: Ledger.self).thenSucceeded()
        return outcome.events.dropFirst().map(\.instance.label)
    }

    @Test("is offered to that instance alone, and one for nobody in particular to all")
    func addressee() throws {
        #expect(try listeners(of: 5) == [First.name, Second.name])
        #expect(try listeners(of: 1_003) == [Second.name])
        #expect(try listeners(of: 1_002) == [First.name])
    }

    @Test("is offered to nobody where its instance does not listen, or is none")
    func nobody() throws {
        #expect(try listeners(of: 1_001) == [])
        #expect(try listeners(of: 1_999) == [])
    }
}
