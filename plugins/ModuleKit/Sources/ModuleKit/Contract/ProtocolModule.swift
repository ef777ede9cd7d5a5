/// A protocol module: staking, rewards, slashing, governance and what they need.
///
/// A module is code; an *instance* of it is deployed state. Modules never call each other. One message goes
/// `handle` → `emit` → `apply` → the subscribers' `react`, depth first, and everything that was emitted stands in the
/// log. Only `apply` writes state, so the log alone rebuilds it.
///
/// A module has no clock, no randomness, no floating point, no environment, and iterates no `Dictionary` or `Set`:
/// the same log gives the same bytes in every process.
///
///     public struct Counter: ProtocolModule {
///         public static let manifest = Manifest(name: "counter", version: "1.0.0")
///         public let total = StateItem<UInt64>(1, "total")
///
///         public func handle(_ message: CounterMessage, _ context: Context) throws(ModuleError) {
///             try context.emit(.with { $0.incremented = .with { $0.by = 1 } })
///         }
///
///         public func apply(_ event: CounterEvent, to state: StateWriter) throws(ModuleError) {
///             try total.set((try total.value(in: state) ?? 0) &+ 1, in: state)
///         }
///     }
public protocol ProtocolModule: Sendable {
    /// What it can be told.
    associatedtype Message: MessageVocabulary
    /// What it records.
    associatedtype Event: EventVocabulary
    /// What it can be asked.
    associatedtype Query: QueryVocabulary

    /// What it says of itself.
    static var manifest: Manifest { get }

    /// Decides on a message: reads state, checks, and emits; never writes.
    func handle(_ message: Message, _ context: Context) throws(ModuleError)

    /// Projects one event of its own onto its state.
    ///
    /// A pure function of the event and the state: it charges no other instance, emits nothing and asks nobody. It
    /// throws only when the event does not fit the state, which in a replay means a damaged log or a defect.
    func apply(_ event: Event, to state: StateWriter) throws(ModuleError)

    /// The events of others, or of traits of events, that it reacts to, in this order.
    var subscriptions: [Subscription<Self>] { get }

    /// Answers a question from state.
    func answer(_ query: Query, _ state: StateReader) throws(ModuleError) -> Query.Answer

    /// Answers a question that concerns other instances, too; unless a module says otherwise, from its state alone.
    func answer(_ query: Query, _ view: View) throws(ModuleError) -> Query.Answer

    /// Takes an instance's configuration (JSON) at its deployment and at each reconfiguration, and emits what follows.
    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError)

    /// Runs at the start of each block.
    func beginBlock(_ context: Context) throws(ModuleError)

    /// Runs at the end of each block.
    func endBlock(_ context: Context) throws(ModuleError)

    /// Reads its part of a genesis document and emits what it found.
    ///
    /// Where a chain has several instances of a module, each reads and writes sections of its own under the same names; the
    /// host sees to it (`GenesisSection`).
    func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)

    /// Writes its state as sections of `app_state`, such that importing them gives the same state.
    func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)]

    /// Writes its state as of a block, where what it writes depends on the height; unless a module says otherwise, from its
    /// state alone.
    func exportGenesis(_ view: View) throws(ModuleError) -> [(section: String, value: JSONValue)]

    /// Moves an instance's state from an older version of the module to this one, by emitting events.
    func migrate(from version: Version, _ context: Context) throws(ModuleError)

    /// What must always hold of its state; empty when it does.
    func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation]
}

extension ProtocolModule {
    /// What a module's code sees of the world around it.
    public typealias Context = ModuleContext<Self>
    /// What a module's answers see of the world around it.
    public typealias View = ModuleView<Self>

    /// Answers from state alone.
    public func answer(_ query: Query, _ view: View) throws(ModuleError) -> Query.Answer {
        try answer(query, StateReader(view.instanceState))
    }

    /// Reacts to nothing.
    public var subscriptions: [Subscription<Self>] { [] }

    /// Does nothing.
    public func beginBlock(_ context: Context) throws(ModuleError) {}

    /// Does nothing.
    public func endBlock(_ context: Context) throws(ModuleError) {}

    /// Accepts only the empty configuration.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        guard configuration == .object(JSONObject()) else {
            throw ModuleError(
                .invalidArgument,
                "\(Self.manifest.name) has no settings: deploy it with the configuration {}"
            )
        }
    }

    /// Reads nothing.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {}

    /// Writes nothing.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] { [] }

    /// Writes its state alone.
    public func exportGenesis(_ view: View) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        try exportGenesis(StateReader(view.instanceState))
    }

    /// Refuses: a version that can take over another's state says so.
    public func migrate(from version: Version, _ context: Context) throws(ModuleError) {
        throw ModuleError(
            .invalidArgument,
            "\(Self.manifest.name) \(Self.manifest.version) can't take over the state of version \(version)"
        )
    }

    /// Claims nothing.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] { [] }
}

extension ProtocolModule where Query == NoVocabulary {
    /// Answers nothing.
    public func answer(_ query: NoVocabulary, _ state: StateReader) throws(ModuleError) -> NoVocabulary { query }
}

/// Something that must always hold, and does not.
public struct InvariantViolation: Sendable, Hashable, CustomStringConvertible {
    /// The invariant's name, such as `supply-equals-balances`.
    public let name: String
    /// The figures that disagree.
    public let detail: String

    /// Describes a violation.
    public init(_ name: String, _ detail: String) {
        self.name = name
        self.detail = detail
    }

    /// Name and figures.
    public var description: String { "\(name): \(detail)" }
}
