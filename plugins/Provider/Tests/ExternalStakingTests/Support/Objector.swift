import ExternalStakingEvents
import ModuleKit

/// A module that hears of everything external stakings record, whomever it is for, as the bank does; and refuses some of it.
///
/// `FailingNeighbour` is not offered what is for the vault alone.
struct Objector: ProtocolModule {
    typealias Event = GrudgeEvent

    static let manifest = Manifest(name: "objector", version: "1.0.0")

    let error: ModuleError
    /// A pure function of the event.
    let objects: @Sendable (ExternalStakingEvent) -> Bool

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}
    func apply(_ event: GrudgeEvent, to state: StateWriter) throws(ModuleError) {}
    func answer(_ query: NoVocabulary, _ state: StateReader) -> NoVocabulary { query }

    var subscriptions: [Subscription<Objector>] {
        [
            .onTrait({ $0 == ExternalStakingEvent.self }) { (module, event, _, _) throws(ModuleError) in
                guard let event = event as? ExternalStakingEvent, module.objects(event) else { return }
                throw module.error
            }
        ]
    }
}

extension Objector {
    /// Refuses to let some people settle before a time.
    init(to people: [Address], until time: Timestamp = .max, _ code: ModuleError.Code) throws {
        let owners = Set(try people.map { try $0.text(prefix: "cosmos") })
        self.init(error: ModuleError(code, "not this one")) { event in
            guard case .liabilitySettled(let settled) = event.event else { return false }
            return owners.contains(settled.stake.owner) && settled.time < time.nanoseconds
        }
    }
}
