/// A module's wish to react to events of others.
///
/// Subscribers are called in the order of the module set, then by instance number, then in the order of
/// `subscriptions`. What a reaction throws vetoes the event, unless the event's kind says that it is final. The messages that
/// an event sends (`SendsMessages`) are handed on after all of them.
public struct Subscription<Module: ProtocolModule>: Sendable {
    /// What a reaction is given: the module, the event, where it came from, and the reacting instance's context.
    public typealias Reaction =
        @Sendable (Module, any EventVocabulary, EventOrigin, ModuleContext<Module>) throws(ModuleError) -> Void

    let matches: @Sendable (any EventVocabulary.Type) -> Bool
    /// Whether it is offered events that are for another instance, too.
    let hearsOthers: Bool
    /// Whether it is called after all others.
    let isLast: Bool
    /// Whether an event is any matter of its; nil where all are. What is not is as if nobody had subscribed to it.
    let concerns: (@Sendable (any EventVocabulary) -> Bool)?
    let react: Reaction

    init(
        matches: @escaping @Sendable (any EventVocabulary.Type) -> Bool,
        hearsOthers: Bool,
        isLast: Bool = false,
        concerns: (@Sendable (any EventVocabulary) -> Bool)? = nil,
        react: @escaping Reaction
    ) {
        self.matches = matches
        self.hearsOthers = hearsOthers
        self.isLast = isLast
        self.concerns = concerns
        self.react = react
    }

    /// Reacts to the events of one vocabulary; to those that are for one instance, only as that instance.
    public static func on<Event: EventVocabulary>(
        _: Event.Type,
        _ reaction:
            @escaping @Sendable (Module, Event, EventOrigin, ModuleContext<Module>) throws(ModuleError) -> Void
    ) -> Self {
        Self(
            matches: { $0 == Event.self },
            hearsOthers: false,
            react: { (module, event, origin, context) throws(ModuleError) in
                guard let event = event as? Event else { return }
                try reaction(module, event, origin, context)
            }
        )
    }

    /// Reacts to the events of every vocabulary that has a trait, such as `MovesCoins`, whoever they are for.
    ///
    /// - Parameters:
    ///   - hasTrait: tells by its type whether a vocabulary has the trait: `{ $0 is any MovesCoins.Type }`.
    ///   - reaction: is given events of those vocabularies only.
    public static func onTrait(
        _ hasTrait: @escaping @Sendable (any EventVocabulary.Type) -> Bool,
        _ reaction: @escaping Reaction
    ) -> Self {
        Self(matches: hasTrait, hearsOthers: true, react: reaction)
    }

    /// Reacts to the events of every vocabulary that has a trait; to those that are for one instance, only as that instance.
    ///
    /// What an event costs then does not grow with the number of instances that listen: offers and changes of grants, answers
    /// to orders. An event that has no addressee is offered, as ever, to all that subscribed.
    ///
    /// - Parameters:
    ///   - hasTrait: tells by its type whether a vocabulary has the trait: `{ $0 is any OffersGrants.Type }`.
    ///   - reaction: is given events of those vocabularies only.
    public static func onTraitAddressed(
        _ hasTrait: @escaping @Sendable (any EventVocabulary.Type) -> Bool,
        _ reaction: @escaping Reaction
    ) -> Self {
        Self(matches: hasTrait, hearsOthers: false, react: reaction)
    }
}

/// Where an event came from.
public struct EventOrigin: Sendable, Hashable {
    /// The instance that emitted it.
    public let instance: InstanceIdentity
    /// Its sequence in the log: the cause that a reaction's own events name.
    public let sequence: UInt64
    /// The kind of event.
    public let kind: EventKind
    /// The account whose signed message led to it, or the instance that sent the message; nil in block hooks, at genesis, and
    /// for a final event and what follows from the reactions to it.
    public let signer: Address?
}

/// Which instance: a module's deployed state.
public struct InstanceIdentity: Sendable, Hashable {
    /// Its number, dense in order of deployment; 0 is the host's own.
    public let number: UInt32
    /// Its address, to which coins can be sent.
    public let address: Address
    /// Its label, unique on its chain.
    public let label: String
    /// The module that it runs.
    public let module: String
    /// The version of the module that it runs.
    public let version: Version

    /// Describes an instance.
    public init(number: UInt32, address: Address, label: String, module: String, version: Version) {
        self.number = number
        self.address = address
        self.label = label
        self.module = module
        self.version = version
    }
}
