import ConverterEvents
import ModuleKit
import VirtualStakingEvents

/// Stands in the place of virtual staking: it names a converter, has the cap that a test gives it, and notes what it is
/// told to take back, without staking anything.
struct Understudy: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = VirtualStakingEvent
    typealias Query = VirtualStakingQuery

    static let manifest = Manifest(name: "virtual-staking", version: "1.0.0")

    let settings = StateItem<VirtualStakingSettings>(1, "settings")
    let cap = StateItem<Amount>(2, "cap")
    /// Present while it can't let go of anything.
    let stuck = StateItem<Unit>(3, "stuck")

    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let converter = try configuration["converter"].optional?.string() ?? "converter"
        try context.emit(
            .with {
                $0.configured.settings.converter = converter
                $0.configured.settings.moduleAccount = "understudy"
            }
        )
    }

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}

    func apply(_ event: VirtualStakingEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .capChanged(let event): try cap.set(try Amount(event.cap), in: state)
        case .bondFailed: try stuck.set(Unit(), in: state)
        default: return
        }
    }

    var subscriptions: [Subscription<Understudy>] {
        [
            .on(ConverterEvent.self) { (module, event, _, context) throws(ModuleError) in
                if case .closed = event.event { try context.emit(.with { $0.pairingClosed = .init() }) }
                guard let reduction = event.pledgeReduction else { return }
                if try module.stuck.value(in: context) != nil {
                    throw ModuleError(.invalidState, "the understudy can't let go")
                }
                try context.emit(
                    .with {
                        $0.releaseDeferred.validator = reduction.validator
                        $0.releaseDeferred.amount = reduction.amount
                        $0.releaseDeferred.cause = .pledgeReduced
                    }
                )
            }
        ]
    }

    func answer(_ query: VirtualStakingQuery, _ state: StateReader) throws(ModuleError) -> VirtualStakingAnswer {
        let cap = try cap.value(in: state) ?? .zero
        let converter = try settings.value(in: state)?.converter ?? ""
        return .with {
            $0.authorisation.converter = converter
            $0.authorisation.isAuthorised = !cap.isZero
            $0.authorisation.cap = cap.description
        }
    }
}
