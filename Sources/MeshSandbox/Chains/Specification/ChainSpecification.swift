public import ModuleKit
public import Storage

/// What a chain of a sandbox is made of. The same specification and seed give the same genesis, byte for byte.
public struct ChainSpecification: Sendable {
    /// An account that holds coins from the start.
    public struct Account: Sendable, Hashable {
        /// The name by which the sandbox knows it; its key is made from it.
        public var name: String
        /// What it holds.
        public var coins: Coins

        /// Describes an account.
        public init(_ name: String, _ coins: Coins = .empty) {
            self.name = name
            self.coins = coins
        }
    }

    /// An instance beside those that every chain has: one of each module, under the module's name.
    public struct Instance: Sendable, Hashable {
        /// Its label.
        public var label: String
        /// The module that it runs.
        public var module: String
        /// How it is configured.
        public var configuration: JSONValue
        /// The privileges that it is granted, such as `bank/mint`.
        public var grants: [String]
        /// The name of the account that administers it, such as the chain's authority; nil for nobody.
        public var admin: String?

        /// Describes an instance.
        public init(
            _ label: String,
            module: String,
            configuration: JSONValue = .object(JSONObject()),
            grants: [String] = [],
            admin: String? = nil
        ) {
            self.label = label
            self.module = module
            self.configuration = configuration
            self.grants = grants
            self.admin = admin
        }
    }

    /// The chain's identifier; a number behind its last hyphen is the revision of its heights.
    public var chainID: String
    /// The prefix of account addresses.
    public var addressPrefix = "mesh"
    /// The coin that validators bond.
    public var bondDenom = "umesh"
    /// The powers of the validators, one or more, each in millions of the bonded coin.
    ///
    /// Their accounts are `validator`, `validator-2` and so on, and hold a thousand times as much besides.
    public var validatorPowers: [UInt32] = [10, 10, 10, 10]
    /// The accounts, by distinct names. Any other name is an account too: one that holds nothing.
    public var accounts: [Account] = []
    /// The instances beside the usual ones.
    public var instances: [Instance] = []
    /// How the chain decides by vote; nil where an account decides.
    public var governance: Governance?
    /// What is minted for those who stake; nil where nothing is, so that blocks without transactions stay empty.
    public var inflation: Inflation?
    /// How long validators may be offline; nil for the Cosmos SDK's own, half of a hundred blocks, which costs ten minutes.
    public var downtime: Downtime?
    /// The time between two blocks.
    public var blockInterval: Duration = .seconds(5)
    /// How far the chain's clock is ahead of the network's; negative when it is behind.
    public var clockSkew: Duration = .zero
    /// How many heights before the last one keep their state provable.
    public var provableHeights: UInt64 = 100
    /// How long the chain can punish its validators; whole seconds.
    public var unbondingTime: Duration = .seconds(21 * 86_400)
    /// How long clients on other chains trust a header of this chain; below the unbonding time.
    public var trustingPeriod: Duration = .seconds(14 * 86_400)
    /// How far ahead of another chain's time a header of this chain may be for that chain's client.
    public var maximumClockDrift: Duration = .seconds(10)
    /// How blocks come to the disk. Each is waited for, so grouping only makes a sandbox slower.
    public var durability: ChainOptions.Durability = .everyBlock

    /// A chain of four validators of equal power, and the given accounts.
    public init(_ chainID: String, accounts: [Account] = []) {
        self.chainID = chainID
        self.accounts = accounts
    }

    /// The name of the chain's authority, which may grant privileges: an account, or on a chain with governance nobody's
    /// account, but what a vote decides.
    public static let authority = "authority"

    /// The names of the validators' accounts, in the order of their powers.
    public var validatorNames: [String] {
        validatorPowers.indices.map { $0 == 0 ? "validator" : "validator-\($0 + 1)" }
    }

    /// Makes sure that a chain can be made of it.
    ///
    /// - Throws: `invalidSpecification`.
    func check() throws(SandboxError) {
        func refuse(_ message: String) -> SandboxError {
            SandboxError(.invalidSpecification, "the chain '\(chainID)' can't be made: \(message)")
        }
        guard !validatorPowers.isEmpty, validatorPowers.allSatisfy({ $0 > 0 }) else {
            throw refuse("it needs a validator, and each has a power above 0")
        }
        guard blockInterval > .zero else { throw refuse("the time between two blocks must be above zero") }
        guard unbondingTime.components.seconds > 0, unbondingTime.components.attoseconds == 0 else {
            throw refuse("the unbonding time \(unbondingTime) is not in whole seconds, one or more")
        }
        guard trustingPeriod > .zero, trustingPeriod < unbondingTime else {
            throw refuse("the trusting period \(trustingPeriod) must be below the unbonding time \(unbondingTime)")
        }
        let names = validatorNames + accounts.map(\.name)
        for (index, name) in names.enumerated() where name.isEmpty || names[..<index].contains(name) {
            throw refuse("the account name '\(name)' is empty or stands twice; names of validators are taken")
        }
        if let fault = inflation?.fault ?? downtime?.fault { throw refuse(fault) }
        try checkGovernance()
    }
}
