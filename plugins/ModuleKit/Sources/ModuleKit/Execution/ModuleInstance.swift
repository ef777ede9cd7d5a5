/// A module at work on one instance's state, whatever its type.
public class AnyModuleInstance {
    /// Which instance this is.
    public let identity: InstanceIdentity
    /// The instance's state.
    public let state: InstanceState
    /// The vocabulary of its events and that vocabulary's place in the dictionary.
    public let vocabulary: (type: any EventVocabulary.Type, number: UInt32)

    init(identity: InstanceIdentity, state: InstanceState, vocabulary: (type: any EventVocabulary.Type, number: UInt32))
    {
        self.identity = identity
        self.state = state
        self.vocabulary = vocabulary
    }

    /// Hands an encoded message to the module.
    ///
    /// - Parameter cause: the sequence of the event that sent the message; nil for a transaction's.
    /// - Throws: `undecodable`, `unknownField` or `unknownMessage` for bytes that are no message of the module; else what
    ///   the module throws.
    public func handle(_ message: [UInt8], _ execution: Execution, sender: Address, cause: UInt64? = nil)
        throws(ModuleError)
    {}

    /// Projects a recorded event onto the state.
    public func apply(recorded payload: [UInt8], schemaVersion: UInt32) throws(ModuleError) {}

    /// Projects a recorded event that was decoded before onto the state.
    ///
    /// - Returns: false, with nothing done, when the event is not of this instance's vocabulary.
    public func apply(decoded event: any DecodedEvent) throws(ModuleError) -> Bool { false }

    /// Answers a typed question; nil when the question is not of this module's vocabulary.
    func answer(_ query: any QueryVocabulary, _ execution: Execution) throws(ModuleError)
        -> (any SwiftProtobuf.Message)?
    { nil }

    /// Answers a question given as JSON, in JSON.
    ///
    /// - Throws: `undecodable` when it is not a question of the module's vocabulary.
    public func answer(json query: String, _ execution: Execution) throws(ModuleError) -> String { "{}" }

    /// Runs one of the module's hooks.
    ///
    /// - Parameter cause: the sequence of the event that led to it, such as that of a deployment; nil for a block's.
    public func run(_ hook: ModuleHook, _ execution: Execution, cause: UInt64? = nil) throws(ModuleError) {}

    /// Imports the module's part of a genesis document.
    public func importGenesis(_ genesis: GenesisDocument, _ execution: Execution, _ report: inout GenesisReport)
        throws(ModuleError)
    {}

    /// The instance's state as sections of `app_state`.
    public func exportGenesis() throws(ModuleError) -> [(section: String, value: JSONValue)] { [] }

    /// The instance's state as sections of `app_state`, as of the last block.
    public func exportGenesis(_ execution: Execution) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        []
    }

    /// What must hold and does not.
    public func invariantViolations() throws(ModuleError) -> [InvariantViolation] { [] }

    /// The subscriptions of this instance that match a vocabulary, in their order.
    func reactions(to vocabulary: any EventVocabulary.Type) -> [BoundReaction] { [] }
}

/// The moments at which a module is called without a message.
public enum ModuleHook: Sendable {
    /// The start of a block.
    case beginBlock
    /// The end of a block.
    case endBlock
    /// A deployment or reconfiguration, with the instance's settings, ordered by this account.
    case configure(JSONValue, sender: Address?)
    /// The first run of another version of the module.
    case migrate(from: Version)
}

/// One subscription of one instance, ready to be called.
struct BoundReaction {
    let instance: AnyModuleInstance
    /// Whether it is offered events that are for another instance, too.
    let hearsOthers: Bool
    /// Whether it is called after all others.
    let isLast: Bool
    /// Whether an event is any matter of its; nil where all are.
    let concerns: (@Sendable (any EventVocabulary) -> Bool)?
    let react: (any EventVocabulary, EventOrigin, Execution) throws(ModuleError) -> Void
}

/// A module at work on one instance's state.
public final class ModuleInstance<Module: ProtocolModule>: AnyModuleInstance {
    /// The module's code.
    public let module: Module
    /// Whether the module's events may change validators: asked once, for a cast costs more than many an event.
    let updatesValidators = Module.Event.self is any UpdatesValidators.Type

    /// Puts a module to work.
    ///
    /// - Parameter vocabularyNumber: the place of the module's event vocabulary in the dictionary.
    public init(_ module: Module, identity: InstanceIdentity, state: InstanceState, vocabularyNumber: UInt32) {
        self.module = module
        super.init(identity: identity, state: state, vocabulary: (Module.Event.self, vocabularyNumber))
    }

    /// The instance's own view of the world outside any message; the host uses it for its own module.
    public func context(_ execution: Execution) -> ModuleContext<Module> {
        context(execution, sender: nil, cause: nil)
    }

    private func context(_ execution: Execution, sender: Address?, cause: UInt64?) -> ModuleContext<Module> {
        ModuleContext(instance: self, execution: execution, sender: sender, cause: cause)
    }

    /// Hands an encoded message to the module.
    public override func handle(_ message: [UInt8], _ execution: Execution, sender: Address, cause: UInt64? = nil)
        throws(ModuleError)
    {
        let decoded = try Module.Message(decodingBytes: message)
        try decoded.requireKnownFields()
        guard !message.isEmpty else {
            throw ModuleError(
                .unknownMessage,
                "the message for \(identity.label) says nothing: set one of the requests of "
                    + Module.Message.protoMessageName
            )
        }
        try module.handle(decoded, context(execution, sender: sender, cause: cause))
    }

    /// Projects a recorded event onto the state.
    public override func apply(recorded payload: [UInt8], schemaVersion: UInt32) throws(ModuleError) {
        let event = try Module.Event(recorded: payload, schemaVersion: schemaVersion)
        try module.apply(event, to: StateWriter(state))
    }

    /// Projects a recorded event that was decoded before onto the state.
    public override func apply(decoded event: any DecodedEvent) throws(ModuleError) -> Bool {
        guard let box = event as? EventBox<Module.Event> else { return false }
        try module.apply(box.event, to: StateWriter(state))
        return true
    }

    override func answer(_ query: any QueryVocabulary, _ execution: Execution) throws(ModuleError)
        -> (any SwiftProtobuf.Message)?
    {
        guard let query = query as? Module.Query else { return nil }
        return try module.answer(query, context(execution).view)
    }

    /// Answers a question given as JSON, in JSON.
    public override func answer(json query: String, _ execution: Execution) throws(ModuleError) -> String {
        try module.answer(try Module.Query(decodingJSON: query), context(execution).view).json()
    }

    /// Records an event of this instance that no message led to; the host uses it for its own.
    @discardableResult
    public func record(_ event: Module.Event, _ execution: Execution, cause: UInt64? = nil) throws(ModuleError)
        -> Emission
    {
        try execution.emit(event, from: self, cause: cause)
    }

    /// Runs one of the module's hooks.
    public override func run(_ hook: ModuleHook, _ execution: Execution, cause: UInt64? = nil) throws(ModuleError) {
        switch hook {
        case .beginBlock: try module.beginBlock(context(execution, sender: nil, cause: cause))
        case .endBlock: try module.endBlock(context(execution, sender: nil, cause: cause))
        case .configure(let configuration, let sender):
            try module.configure(configuration, context(execution, sender: sender, cause: cause))
        case .migrate(let version): try module.migrate(from: version, context(execution, sender: nil, cause: cause))
        }
    }

    /// Imports the module's part of a genesis document.
    public override func importGenesis(
        _ genesis: GenesisDocument,
        _ execution: Execution,
        _ report: inout GenesisReport
    ) throws(ModuleError) {
        try module.importGenesis(genesis, context(execution, sender: nil, cause: nil), &report)
    }

    /// The instance's state as sections of `app_state`.
    public override func exportGenesis() throws(ModuleError) -> [(section: String, value: JSONValue)] {
        try module.exportGenesis(StateReader(state))
    }

    /// The instance's state as sections of `app_state`, as of the last block.
    public override func exportGenesis(_ execution: Execution) throws(ModuleError) -> [(
        section: String, value: JSONValue
    )] {
        try module.exportGenesis(context(execution).view)
    }

    /// What must hold and does not.
    public override func invariantViolations() throws(ModuleError) -> [InvariantViolation] {
        try module.invariants(StateReader(state))
    }

    override func reactions(to vocabulary: any EventVocabulary.Type) -> [BoundReaction] {
        module.subscriptions.filter { $0.matches(vocabulary) }.map { subscription in
            BoundReaction(
                instance: self,
                hearsOthers: subscription.hearsOthers,
                isLast: subscription.isLast,
                concerns: subscription.concerns
            ) { [module] (event, origin, execution) throws(ModuleError) in
                let context = self.context(execution, sender: origin.signer, cause: origin.sequence)
                try subscription.react(module, event, origin, context)
            }
        }
    }
}
