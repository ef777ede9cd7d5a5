public import ModuleKit

extension ModuleHarness {
    /// Asks the module under test; it sees the block in progress.
    public func query(_ query: Module.Query) throws(ModuleError) -> Module.Query.Answer {
        try machine.execution.ask(query, of: 1)
    }

    /// Asks the module under test in JSON, as a user does.
    public func query(json: String) throws(ModuleError) -> String {
        try machine.execution.instance(1).answer(json: json, machine.execution)
    }

    /// Asks any module in the harness; it sees the block in progress.
    ///
    /// - Throws: `HarnessError` `unknownModule`, or the module's `ModuleError`.
    public func query<Other: ProtocolModule>(_ query: Other.Query, of module: Other.Type) throws -> Other.Query.Answer {
        try machine.execution.ask(query, of: try instance(of: module).identity.number)
    }

    /// The state of the module under test, as of now: `try module.balances.value(for: alice, in: harness.state)`.
    public var state: StateReader {
        get throws(HarnessError) { try state(of: Module.self) }
    }

    /// The state of any module in the harness, as of now.
    ///
    /// - Throws: `unknownModule`.
    public func state<Other: ProtocolModule>(of module: Other.Type) throws(HarnessError) -> StateReader {
        StateReader(try instance(of: module).state)
    }

    /// The events that a neighbour saw and that were kept, in the order of the log.
    ///
    /// - Throws: `HarnessError` `unknownModule`.
    public func seen<Watched: EventVocabulary>(by _: AcceptingNeighbour<Watched>.Type) throws -> [Watched] {
        let neighbour = try instance(of: AcceptingNeighbour<Watched>.self)
        return try neighbour.module.seen(in: StateReader(neighbour.state))
    }

    /// The events of the block in progress so far, of all modules, in order.
    public func eventsOfBlock() throws(HarnessError) -> [RecordedEvent] { try machine.recordedEvents() }

    /// What the module under test writes for a genesis document, by section.
    public func exportGenesis() throws(ModuleError) -> JSONValue {
        var sections = JSONObject()
        let exported = try machine.execution.instance(1).exportGenesis(machine.execution)
        for (section, value) in exported { sections[section] = value }
        return .object(sections)
    }
}
