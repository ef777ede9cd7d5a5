import Counter
import ModuleKit

/// A counter that a genesis document carries over, in the section `tally`.
struct Tally: ProtocolModule {
    typealias Message = CounterMessage
    typealias Event = CounterEvent
    typealias Query = CounterQuery

    static let manifest = Manifest(name: "tally", version: "1.0.0", isStandard: false)

    let total = StateItem<UInt64>(1, "total")
    /// The section that it writes; the module's name unless told otherwise.
    var section = Self.manifest.name

    func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {
        try context.emit(.with { $0.incremented.by = message.increment.by })
    }

    func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {
        guard case .incremented(let incremented) = event.event else { return }
        try total.set((try total.value(in: state) ?? 0) &+ incremented.by, in: state)
    }

    func answer(_ query: CounterQuery, _ state: StateReader) throws(ModuleError) -> CounterAnswer {
        let value = try total.value(in: state) ?? 0
        return .with { $0.value = value }
    }

    func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        let found = genesis.appState[section]
        guard found["total"].optional != nil else { return }
        report.claim(section)
        for (name, field) in try found.members() where name != "total" {
            report.skip("app_state.\(section).\(name)", "nothing here knows this member", example: field.path)
        }
        let value = try found["total"].integer(as: UInt64.self)
        try context.emit(.with { $0.incremented.by = value })
    }

    func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        let value = try total.value(in: state) ?? 0
        return [(section, ["total": .string(String(value))])]
    }
}
