public import ModuleKit
public import Storage

/// The chain on which a harness runs its modules.
public struct HarnessOptions: Sendable {
    /// The chain's identifier.
    public var chainID = "test-1"
    /// The prefix of account addresses.
    public var addressPrefix = "cosmos"
    /// The prefix of validator operators; nil for that of accounts with `valoper` behind it.
    public var operatorPrefix: String?
    /// The prefix of consensus keys; nil for that of accounts with `valcons` behind it.
    public var consensusPrefix: String?
    /// The time of the genesis block; 2026-01-01 unless told otherwise.
    public var genesisTime = Timestamp(nanoseconds: 1_767_225_600_000_000_000)
    /// The time between the genesis block and the first, and by default between later ones.
    public var blockInterval = TimeSpan.seconds(5)
    /// The configuration with which the module under test is deployed.
    public var configuration = JSONValue.object(JSONObject())
    /// The configurations with which neighbours are deployed, by label: the module's name, with `-2` and so on behind it
    /// where there are several of one name. A neighbour that is not named is deployed with `{}`.
    public var neighbourConfigurations: [String: JSONValue] = [:]
    /// Bounds of a cascade.
    public var limits = Execution.Limits()
    /// When a block counts as stored. Nothing is synced unless told otherwise: the store is thrown away anyway.
    public var durability = ChainOptions.Durability.none
    /// Whether every block is also rebuilt from its recorded events alone. Off only where time is short.
    public var replaysEveryBlock = true
    /// Whether all invariants are checked after every transaction and at both ends of every block. Off only where each check
    /// is a walk over very many.
    public var checksInvariants = true

    /// The defaults.
    public init() {}

    /// The defaults, but for what `change` changes.
    public init(_ change: (inout HarnessOptions) -> Void) {
        self.init()
        change(&self)
    }
}
