public import ModuleKit
public import RecommendedListEvents

/// The External Staking instances that a provider recommends to its users (mesh security, section 2, step 9).
///
/// Anybody may deploy External Staking, and the vault knows no register: each user chooses whom to trust. The list is the
/// advice of the chain's governance, or of a curator it names; front ends offer what stands on it. It binds nobody: an instance
/// that is taken off goes on as before.
public struct RecommendedList: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(
        name: RecommendedListEvent.moduleName,
        version: "1.0.0",
        summary: "The External Staking instances that governance, or its curator, recommends to users.",
        isStandard: false
    )

    /// How many instances can be on the list: with these bounds the whole list is read in one block.
    public static let recommendationsMax = 256
    /// How many bytes a note has at most.
    public static let noteBytesMax = 512

    /// What the instance was told; absent until it was configured.
    public let settings = StateItem<RecommendedListSettings>(1, "settings")
    /// The list, by the numbers of its instances.
    public let recommendations = StateMap<UInt32, RecommendedListRecommendation>(2, "recommendations")
    /// How many are on the list; absent for none.
    public let count = StateItem<UInt32>(3, "count")

    /// The module.
    public init() {}

    /// Puts an instance on the list, or takes it off.
    public func handle(_ message: RecommendedListMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .recommend(let message): try handle(message, context)
        case .withdraw(let message): try handle(message, context)
        case nil: throw ModuleError(.unknownMessage, "the message asks for nothing: set recommend or withdraw")
        }
    }

    /// The settings.
    ///
    /// - Throws: `invalidState` before the instance was configured.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> RecommendedListSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(.invalidState, "the recommended list was never set up: configure it with {}")
        }
        return settings
    }
}
