import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import RecommendedList
import RecommendedListEvents

/// Stands in the place of External Staking: it is deployed under that module's name, and does nothing.
struct Understudy: ProtocolModule {
    typealias Message = NoVocabulary
    typealias Event = HarnessEvent
    typealias Query = NoVocabulary

    static let manifest = Manifest(name: ExternalStakingEvent.moduleName, version: "1.0.0")

    func handle(_ message: NoVocabulary, _ context: Context) throws(ModuleError) {}
    func apply(_ event: HarnessEvent, to state: StateWriter) throws(ModuleError) {}
}

/// A chain with one recommended list, some stand-ins of External Staking, and one instance of something else.
///
/// The stand-ins are called `external-staking`, `external-staking-2` and so on, and have the numbers from 2 on.
struct Stage {
    let harness: ModuleHarness<RecommendedList>

    static let bystander = AcceptingNeighbour<RecommendedListEvent>.manifest.name

    init(curator: String? = "curator", stakings: Int = 3) throws {
        var configuration = JSONObject()
        if let curator { configuration["curator"] = .string(try Self.account(curator)) }
        let options = HarnessOptions { $0.configuration = .object(configuration) }
        harness = try ModuleHarness(
            RecommendedList(),
            neighbours: Array(repeating: Understudy(), count: stakings) + [AcceptingNeighbour<RecommendedListEvent>()],
            options: options
        )
        try harness.given(.admin(.named("admin")))
        try harness.given(.blocks(1))
    }

    /// The text of a person's account.
    static func account(_ name: String) throws -> String { try prefixes.format(.named(name), as: .account) }

    /// The text of an instance's address.
    static func address(_ label: String) throws -> String {
        try prefixes.format(Address(moduleName: label), as: .account)
    }

    private static var prefixes: AddressPrefixes { get throws { try AddressPrefixes(account: "cosmos") } }

    @discardableResult
    func recommend(_ instance: String, _ note: String = "", by sender: String = "curator") throws
        -> Outcome<RecommendedList>
    {
        try harness.when(
            .with {
                $0.recommend.instance = instance
                $0.recommend.note = note
            },
            from: .named(sender)
        )
    }

    @discardableResult
    func withdraw(_ instance: String, by sender: String = "curator") throws -> Outcome<RecommendedList> {
        try harness.when(.with { $0.withdraw.instance = instance }, from: .named(sender))
    }

    func page(from number: UInt32 = 0, limit: UInt32 = 0) throws -> RecommendedListRecommendations {
        try harness.query(
            .with {
                $0.recommendations.startNumber = number
                $0.recommendations.limit = limit
            }
        ).recommendations
    }

    func isRecommended(_ instance: String) throws -> Bool {
        try harness.query(.with { $0.isRecommended.instance = instance }).isRecommended.isRecommended
    }
}
