public import CoreMetrics
public import Logging
public import ModuleKit
public import Storage

/// How a host is run; nothing here changes what a block does.
public struct HostOptions: Sendable {
    /// When a committed block is on disk.
    public var durability: ChainOptions.Durability
    /// How many heights before the last one keep their state provable (ICS-23); 0 for the last one alone. May differ from
    /// one opening to the next.
    public var provableHeights: UInt64
    /// What `checkTransaction` asks a transaction to pay, of one of these denominations; empty for nothing. Other nodes may ask
    /// for more or less: a block holds what its proposer has let in.
    public var minimumFees: Coins
    /// Where the host logs to. The host never sets up logging itself.
    public var logger: Logger
    /// Where the host counts. The host never sets up metrics itself.
    public var metrics: any MetricsFactory

    /// The default: on disk at every block, a hundred heights provable, no fees asked for, no logs, no metrics.
    public init(
        durability: ChainOptions.Durability = .everyBlock,
        provableHeights: UInt64 = SparseMerkleCommitment().provableHeights,
        minimumFees: Coins = .empty,
        logger: Logger = Logger(label: "mesh-host") { _ in SwiftLogNoOpLogHandler() },
        metrics: any MetricsFactory = NOOPMetricsHandler.instance
    ) {
        self.durability = durability
        self.provableHeights = provableHeights
        self.minimumFees = minimumFees
        self.logger = logger
        self.metrics = metrics
    }

    var chainOptions: ChainOptions {
        var options = ChainOptions(durability: durability)
        options.commitment = SparseMerkleCommitment(provableHeights: provableHeights)
        return options
    }
}

/// How a genesis document is read.
public struct GenesisOptions: Sendable {
    /// Whether what nothing here understands is skipped instead of refused.
    public var skipsUnknown: Bool
    /// The prefix of the chain's account addresses; nil to take it from the document's first account.
    public var addressPrefix: String?

    /// The default: nothing is skipped.
    public init(skipsUnknown: Bool = false, addressPrefix: String? = nil) {
        self.skipsUnknown = skipsUnknown
        self.addressPrefix = addressPrefix
    }
}
