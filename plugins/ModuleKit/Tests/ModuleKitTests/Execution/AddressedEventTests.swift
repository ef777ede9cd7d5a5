import ModuleKit
import ModuleTesting
import Testing

@Suite("An event for one instance")
struct AddressedEventTests {
    private func listener<Name: EchoName>(_: Name.Type, _ listening: Listening = .toVocabulary) -> Echo<Name> {
        Echo(listening) { (event, origin, context) throws(ModuleError) in
            guard case .heard(let value) = event.event, origin.instance.module == Ledger.manifest.name else { return }
            try context.emit(.heard(value % 1_000))
        }
    }

    private func listeners(of value: UInt64, _ neighbours: (any ProtocolModule)...) throws -> [String] {
        let harness = try ModuleHarness(Ledger(), neighbours: neighbours)
        let outcome = try harness.when(recording: [.heard(value)], of: Ledger.self).thenSucceeded()
        return outcome.events.dropFirst().map(\.instance.label)
    }

    private func listeners(of value: UInt64) throws -> [String] {
        try listeners(of: value, listener(First.self), listener(Second.self))
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

    @Test("is offered to all that listen to a trait besides, in the fixed order")
    func traits() throws {
        let around = { (value: UInt64) in
            try listeners(
                of: value,
                listener(First.self, .toTrait),
                listener(Second.self),
                listener(Third.self, .toTrait)
            )
        }
        #expect(try around(5) == [First.name, Second.name, Third.name])
        #expect(try around(1_003) == [First.name, Second.name, Third.name])
        #expect(try around(1_002) == [First.name, Third.name], "a trait's own instance hears it once")
        #expect(try around(1_999) == [First.name, Third.name])
        let between = { (value: UInt64) in
            try listeners(of: value, listener(First.self), listener(Second.self, .toTrait), listener(Third.self))
        }
        #expect(try between(1_002) == [First.name, Second.name])
        #expect(try between(1_003) == [Second.name])
        #expect(try between(1_004) == [Second.name, Third.name])
    }

    @Test("is offered to its instance alone of those that listen to a trait as addressees")
    func addressedTraits() throws {
        let heard = { (value: UInt64) in
            try listeners(
                of: value,
                listener(First.self, .toTraitAddressed),
                listener(Second.self, .toTrait),
                listener(Third.self, .toTraitAddressed)
            )
        }
        #expect(try heard(5) == [First.name, Second.name, Third.name], "for nobody in particular")
        #expect(try heard(1_002) == [First.name, Second.name])
        #expect(try heard(1_003) == [Second.name])
        #expect(try heard(1_004) == [Second.name, Third.name])
        #expect(try heard(1_999) == [Second.name])
    }

    @Test("is offered to all where everybody listens to all")
    func nobodyToLeaveOut() throws {
        let heard = { (value: UInt64) in
            try listeners(of: value, listener(First.self, .toTrait), listener(Second.self, .toTrait))
        }
        for value in [5, 1_002, 1_003, 1_999] as [UInt64] { #expect(try heard(value) == [First.name, Second.name]) }
    }
}
