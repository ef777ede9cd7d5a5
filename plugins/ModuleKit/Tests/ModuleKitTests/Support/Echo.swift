import ModuleKit

/// The name of one of several echoes.
protocol EchoName: Sendable {
    static var name: String { get }
    static var requires: [String] { get }
}

extension EchoName {
    static var requires: [String] { [] }
}

enum First: EchoName { static let name = "first" }
enum Second: EchoName { static let name = "second" }

/// Counts on the reactions of the first.
enum Third: EchoName {
    static let name = "third"
    static let requires = [First.name]
}

/// Counts on the ledger, and so reacts after it.
enum Last: EchoName {
    static let name = "last"
    static let requires = [Ledger.manifest.name]
}

/// How an echo subscribes to the ledger's vocabulary.
enum Listening: Sendable {
    case toVocabulary, toTrait, toTraitAddressed, toTraitAuthorized
}

/// A module that reacts to the events of others in the ledger's vocabulary as a test says.
struct Echo<Name: EchoName>: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = LedgerEvent
    typealias Query = NoVocabulary
    typealias Reaction = @Sendable (LedgerEvent, EventOrigin, ModuleContext<Echo<Name>>) throws(ModuleError) -> Void

    static var manifest: Manifest { Manifest(name: Name.name, version: "1.0.0", requires: Name.requires) }

    let heard = StateMap<UInt64, Unit>(1, "heard")
    let reaction: Reaction
    let listening: Listening

    /// By default, it records that it heard.
    init(
        _ listening: Listening = .toVocabulary,
        _ reaction: @escaping Reaction = { (_, origin, context) throws(ModuleError) in
            try context.emit(.heard(origin.sequence))
        }
    ) {
        self.reaction = reaction
        self.listening = listening
    }

    /// Hears the ledger alone, so that two echoes do not answer each other for ever.
    static var toLedger: Self {
        Self { (_, origin, context) throws(ModuleError) in
            guard origin.instance.module == Ledger.manifest.name else { return }
            try context.emit(.heard(origin.sequence))
        }
    }

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}

    var subscriptions: [Subscription<Self>] {
        let byTrait: Subscription<Self>.Reaction = { (module, event, origin, context) throws(ModuleError) in
            guard let event = event as? LedgerEvent else { return }
            try module.react(to: event, origin, context)
        }
        switch listening {
        case .toTrait: return [.onTrait({ $0 == LedgerEvent.self }, byTrait)]
        case .toTraitAuthorized: return [.onTraitAuthorized({ $0 == LedgerEvent.self }, byTrait)]
        case .toTraitAddressed: return [.onTraitAddressed({ $0 == LedgerEvent.self }, byTrait)]
        case .toVocabulary:
            return [
                .on(LedgerEvent.self) { (module, event, origin, context) throws(ModuleError) in
                    try module.react(to: event, origin, context)
                }
            ]
        }
    }

    /// Does not hear itself.
    private func react(to event: LedgerEvent, _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard origin.instance.number != context.identity.number else { return }
        try reaction(event, origin, context)
    }

    func apply(_ event: LedgerEvent, to state: StateWriter) throws(ModuleError) {
        if case .heard(let sequence) = event.event { try heard.set(Unit(), for: sequence, in: state) }
    }
}
