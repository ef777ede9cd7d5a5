import MeshSandbox
import ModuleKit

/// One end of a pairing as its own chain shows it: all that somebody needs to know who looks at the other end.
///
/// It is made on one machine (`meshd pairing report`) and read on another, so that nobody has to have both chains.
struct EndReport: Sendable, Hashable {
    /// The chain.
    struct Chain: Sendable, Hashable {
        var chainID: String
        /// Of the last block.
        var height: UInt64
        var time: Timestamp
        /// How long the chain can punish its validators.
        var unbondingTime: TimeSpan
        /// The coin that its validators bond.
        var bondDenom: String
        /// Who decides on grants; empty for nobody.
        var authority: String
    }

    /// An instance that takes part.
    struct Instance: Sendable, Hashable {
        /// What it is to the pairing: the name of the module that belongs there.
        var role: String
        var label: String
        var module: String
        var version: String
        /// Empty where the program that made the report does not have the code.
        var interfaceHash: String
        /// Empty for nobody.
        var admin: String
        var fingerprint: String
    }

    /// The connection over which the end looks for the other one.
    struct Connection: Sendable, Hashable {
        var id: String
        var isOpen: Bool
        var client: String
        /// What the other chain calls the connection and its client; the former may be empty.
        var farConnection: String
        var farClient: String
    }

    /// The connection's client of the other chain.
    struct Client: Sendable, Hashable {
        var id: String
        var chainID: String
        /// `active`, `expired` or `frozen`.
        var status: String
        var trustingPeriod: TimeSpan
        var unbondingPeriod: TimeSpan
    }

    /// A channel of the end's port.
    struct Channel: Sendable, Hashable {
        var id: String
        var state: String
        var ordering: String
        var version: String
        var connection: String
        var farPort: String
        /// Empty until there is one.
        var farChannel: String
    }

    /// The port of an end, and the versions of the control channel that it speaks.
    struct End: Sendable, Hashable {
        var label: String
        var port: String
        /// Where it looks for the other end; empty until it is told.
        var remoteConnection: String
        var remotePort: String
        var minimumVersion: String
        var maximumVersion: String
        /// What the provider calls the collateral.
        var collateralDenom: String
    }

    /// What only a provider knows.
    struct Provider: Sendable, Hashable {
        /// What its vault keeps.
        var vaultDenom: String
        /// How long the vault remembers slashes.
        var vaultPeriod: TimeSpan
        var unbondingPeriod: TimeSpan
        var doubleSignRatio: Decimal18
        var offlineRatio: Decimal18
        var rewardsDenom: String
    }

    /// What only a consumer knows.
    struct Consumer: Sendable, Hashable {
        /// The converter that Virtual Staking names, by label; empty where it names none.
        var pairedConverter: String
        /// Nil without a grant.
        var cap: Amount?
        /// What the caps of all grants may add up to; nil where nothing bounds them.
        var totalCap: Amount?
        var price: Decimal18
        /// When it was set; nil while there is none.
        var priceTime: Timestamp?
        var isPriceFresh: Bool
    }

    var side: PairingSide
    var chain: Chain
    var end: End
    var instances: [Instance]
    var connection: Connection?
    var client: Client?
    var channels: [Channel]
    /// Nil where the end was not told how rewards go.
    var rewards: Rewards?
    var provider: Provider?
    var consumer: Consumer?

    /// The instance of a role; nil where there is none.
    func instance(_ role: PairingRole) -> Instance? { instances.first { $0.role == role.rawValue } }
}
