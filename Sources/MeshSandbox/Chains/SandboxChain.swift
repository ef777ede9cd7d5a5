public import CometBFT
public import MeshHost
public import ModuleKit
import Storage

/// A chain in this process: its home, its validators' keys, its accounts, and the transactions that wait for a block.
///
/// It can crash and be reopened; what was on disk is there again. Whoever holds a chain calls it from one thread at a time.
public final class SandboxChain {
    /// When a chain crashes.
    public enum CrashMoment: Sendable, Hashable {
        /// Between two blocks: nothing that was reported is lost.
        case betweenBlocks
        /// After a block was signed and executed, and before it was committed: the block is lost. Nobody has seen it.
        case beforeCommit(time: Timestamp)
    }

    /// What it is made of.
    public let specification: ChainSpecification
    /// The home folder.
    public let path: String
    /// The modules that it runs.
    public let registry: ModuleRegistry
    /// The text forms of its addresses.
    public let addresses: AddressPrefixes
    /// The consensus keys of its validators.
    public let validatorKeys: [PrivateValidator]
    /// The transactions that wait for a block, in order.
    public internal(set) var pending: [PendingTransaction] = []

    /// The places of the validators that are offline, in order of their powers; false for those that sign.
    public internal(set) var isOffline: [Bool]
    /// The double signs of this chain's validators, in their order: what an observer finds.
    public internal(set) var doubleSigns: [DuplicateVoteEvidence] = []
    /// What the engine reports with the next block.
    var unreported: [DuplicateVoteEvidence] = []

    private let seed: UInt64
    // Nil while the chain is down.
    var sequencer: Sequencer?

    /// The chain's identifier.
    public var chainID: String { specification.chainID }
    /// Whether it is running.
    public var isUp: Bool { sequencer != nil }

    /// Makes a new chain, with its genesis on disk.
    ///
    /// - Parameters:
    ///   - path: its home; a folder that is not there yet, in one that is.
    ///   - seed: what all its keys are made from.
    ///   - start: the network's time; the genesis has it by the chain's own clock.
    ///   - registry: the modules that it runs.
    /// - Throws: `invalidSpecification`; `host` when the genesis is refused or can't be stored; `noQuorum`.
    public init(
        _ specification: ChainSpecification,
        at path: String,
        seed: UInt64,
        start: Timestamp,
        registry: ModuleRegistry
    ) throws(SandboxError) {
        let genesis = try SandboxGenesis(
            specification,
            seed: seed,
            time: start.shifted(by: specification.clockSkew),
            registry: registry
        )
        self.specification = specification
        self.path = path
        self.seed = seed
        self.registry = registry
        validatorKeys = genesis.validatorKeys
        isOffline = genesis.validatorKeys.map { _ in false }
        addresses = try SandboxError.asking("the address prefix") { () throws(ModuleError) in
            try AddressPrefixes(account: specification.addressPrefix)
        }
        let host = try SandboxError.hosting {
            try ChainHost.create(
                at: path,
                genesis: genesis.document,
                registry: registry,
                genesisOptions: GenesisOptions(addressPrefix: specification.addressPrefix),
                options: Self.options(specification)
            ).host
        }
        sequencer = try Sequencer(host, keys: genesis.validatorKeys)
    }

    /// The running host.
    ///
    /// - Throws: `chainDown`.
    public func host() throws(SandboxError) -> ChainHost { try running().host }

    /// The account of a name; the same name is the same account, be it declared or not.
    ///
    /// - Throws: `invalidSpecification` when no key can be made, which no name leads to.
    public func account(_ name: String) throws(SandboxError) -> SandboxAccount {
        try SandboxAccount(name, chainID: chainID, seed: seed)
    }

    /// The address of an account of this sandbox, as a text.
    public func address(of name: String) throws(SandboxError) -> String {
        addresses.format(try account(name).address, as: .account)
    }

    /// Whether the next block is due at a time of the network's clock.
    ///
    /// - Throws: `chainDown`.
    public func isDue(at now: Timestamp) throws(SandboxError) -> Bool {
        let last = Timestamp(nanoseconds: try host().lastHeader.timeNanoseconds)
        return now.shifted(by: specification.clockSkew) >= last.shifted(by: specification.blockInterval)
    }

    /// Makes the next block, with the transactions that wait and fit; it is on disk when this returns.
    ///
    /// - Parameter now: the network's time. The block's is that of the chain's own clock, and after the last block's.
    /// - Throws: `chainDown`, `noQuorum`, `invalidBlock`, `host`.
    @available(*, noasync)
    public func makeBlock(at now: Timestamp) throws(SandboxError) -> BlockReport {
        var sequencer = try running()
        let transactions = Array(pending.prefix(try fittingCount()))
        let made = try sequencer.makeBlock(
            time: try blockTime(at: now),
            transactions: transactions.map(\.bytes),
            evidence: unreported
        )
        self.sequencer = sequencer
        unreported.removeAll()
        try SandboxError.hosting { try made.ticket.wait() }
        pending.removeFirst(transactions.count)
        return BlockReport(
            chainID: chainID,
            height: made.block.header.height,
            time: Timestamp(nanoseconds: made.block.header.timeNanoseconds),
            headerHash: made.block.header.hash,
            transactions: zip(transactions, made.block.results).map { TransactionReport(transaction: $0, result: $1) },
            records: try PublicState(self).records(in: made.block.events)
        )
    }

    /// Crashes: the host goes without a word, and the home stays as it is on disk.
    ///
    /// - Parameters:
    ///   - moment: when it crashes.
    ///   - losesPending: whether the transactions that wait for a block are lost as well.
    /// - Throws: `chainDown`; for a crash within a block also what ``makeBlock(at:)`` throws.
    public func crash(_ moment: CrashMoment = .betweenBlocks, losesPending: Bool = false) throws(SandboxError) {
        let running = try running()
        if case .beforeCommit(let now) = moment {
            let transactions = pending.prefix(try fittingCount())
            try running.abandonBlock(time: try blockTime(at: now), transactions: transactions.map(\.bytes))
        }
        try drop()
        if losesPending { pending.removeAll() }
    }

    /// Runs the chain again, from what is on disk.
    ///
    /// - Throws: `host` when the home can't be opened; `noQuorum`, `inconsistentLog`. Nothing happens to a running chain.
    @available(*, noasync)
    public func reopen() throws(SandboxError) {
        guard sequencer == nil else { return }
        let host = try SandboxError.hosting {
            try ChainHost.open(
                at: path,
                chainID: chainID,
                registry: registry,
                options: Self.options(specification)
            )
        }
        sequencer = try Sequencer(host, keys: onlineKeys)
    }

    /// Stops the chain. Closing one that is down does nothing.
    ///
    /// - Throws: `host`.
    @available(*, noasync)
    public func close() throws(SandboxError) {
        if sequencer != nil { try drop() }
    }

    func running() throws(SandboxError) -> Sequencer {
        guard let sequencer else {
            throw SandboxError(.chainDown, "the chain '\(chainID)' is down: reopen it first")
        }
        return sequencer
    }

    /// Every block was waited for, so nothing is left to be stored: closing only lets LMDB open the home again in this
    /// process.
    private func drop() throws(SandboxError) {
        let store = try host().store
        sequencer = nil
        try SandboxError.hosting { try store.close() }
    }

    private func blockTime(at now: Timestamp) throws(SandboxError) -> Timestamp {
        let last = Timestamp(nanoseconds: try host().lastHeader.timeNanoseconds)
        return max(now.shifted(by: specification.clockSkew), last.shifted(by: .nanoseconds(1)))
    }

    /// How many of the transactions that wait fit into a block.
    private func fittingCount() throws(SandboxError) -> Int {
        var left = registry.limits.blockBytesMax
        for (index, transaction) in pending.enumerated() {
            guard transaction.bytes.count <= left else { return index }
            left -= transaction.bytes.count
        }
        return pending.count
    }

    private static func options(_ specification: ChainSpecification) -> HostOptions {
        HostOptions(durability: specification.durability, provableHeights: specification.provableHeights)
    }
}
