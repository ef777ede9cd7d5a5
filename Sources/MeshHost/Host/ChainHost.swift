internal import Crypto
public import ModuleKit
internal import ModuleRuntime
public import Storage

/// A chain's state machine, run out of protocol modules over an event log.
///
/// The phases are those of ABCI 2.0: `checkTransaction` at any time; `prepareProposal` and `processProposal` before a
/// block; `finalizeBlock`, which executes it; `commit`, which puts it on disk as one LMDB transaction. Whoever holds a
/// host calls it from one thread at a time.
public final class ChainHost {
    /// Where the host stands in the life of a block.
    enum Phase {
        /// Nothing is under way.
        case idle
        /// A block was executed and waits for `commit`.
        case finalized(PreparedBlock)
        /// Memory and disk may differ: only opening the chain anew helps.
        case failed
    }

    /// The chain's store: its log, its state, its headers.
    public let store: ChainStore
    /// The instances at work.
    public let machine: ChainMachine
    /// How the host is run.
    public let options: HostOptions
    /// The last committed block's header.
    public internal(set) var lastHeader: BlockHeader

    let meters: HostMeters
    let moduleSetHash: Hash
    var phase = Phase.idle
    private let source: StoredStateSource

    /// The chain's identifier.
    public var chainID: String { lastHeader.chainID }
    /// The text forms of this chain's addresses.
    public var addresses: AddressPrefixes { machine.execution.addresses }
    /// The modules that instances can run.
    public var registry: ModuleRegistry { machine.registry }

    init(
        store: ChainStore,
        machine: ChainMachine,
        source: StoredStateSource,
        lastHeader: BlockHeader,
        options: HostOptions
    ) throws(HostError) {
        self.store = store
        self.machine = machine
        self.source = source
        self.lastHeader = lastHeader
        self.options = options
        meters = HostMeters(options.metrics)
        moduleSetHash = try machine.registry.storedHash
    }

    /// Opens a chain's home for writing.
    ///
    /// - Parameter chainID: the chain that is expected there; nil takes any.
    /// - Throws: `storage` with the store's error as cause; `wrongChain` when an instance runs a module that is not
    ///   registered here.
    public static func open(
        at path: String,
        chainID: String? = nil,
        registry: ModuleRegistry,
        options: HostOptions = HostOptions()
    ) throws(HostError) -> ChainHost {
        let store = try HostError.wrapping("the chain at \(path) can't be opened") { () throws(StorageError) in
            try ChainStore.open(at: path, expectedChainID: chainID, options: options.chainOptions)
        }
        return try ChainHost(resuming: store, registry: registry, options: options)
    }

    /// Goes on from what a store holds.
    public convenience init(resuming store: ChainStore, registry: ModuleRegistry, options: HostOptions = HostOptions())
        throws(HostError)
    {
        let (header, source) = try HostError.wrapping("the last block can't be read") { () throws(StorageError) in
            (try store.log.latestHeader(), StoredStateSource(try store.state.makeReader()))
        }
        guard let header else {
            throw HostError(.wrongChain, "this home holds no block, not even a genesis: initialise it anew")
        }
        let machine = try ChainMachine.resuming(registry: registry, chainID: header.chainID, source: source)
        try self.init(store: store, machine: machine, source: source, lastHeader: header, options: options)
        try settleSource()
        rest()
    }

    /// Lets questions and exports see the height and the time of the last block, where none was executed since.
    func rest() {
        let time = Timestamp(nanoseconds: lastHeader.timeNanoseconds)
        let block = BlockInfo(chainID: chainID, height: lastHeader.height, time: time)
        machine.execution.startBlock(block, nextSequence: lastHeader.eventCount)
    }

    /// Lets the state reader see the last commit, and no older pages.
    func settleSource() throws(HostError) {
        do throws(StorageError) {
            try source.renew()
        } catch {
            phase = .failed
            throw HostError(.needsReopening, "committed state can't be read: open the chain anew", cause: error)
        }
    }

    /// Asks an instance a question in JSON, and gets the answer in JSON; it sees the last finalized state.
    ///
    /// - Throws: what the module throws; `unknownInstance`.
    public func query(_ instance: String, json: String) throws(ModuleError) -> String {
        try machine.instance(called: instance).answer(json: json, machine.execution)
    }

    /// Asks an instance a typed question; it sees the last finalized state.
    public func query<Query: QueryVocabulary>(_ query: Query, of instance: String) throws(ModuleError) -> Query.Answer {
        try machine.execution.ask(query, of: machine.instance(called: instance).identity.number)
    }

    /// The sequence that the account's next transaction has to carry.
    public func nextSequence(of account: Address) throws(ModuleError) -> UInt64 {
        let host = machine.host
        return try host.module.sequences.value(for: account, in: StateReader(host.state)) ?? 0
    }

    /// Everything that must hold of the last finalized state and does not, by instance.
    public func invariantViolations() throws(ModuleError) -> [(
        instance: InstanceIdentity, violation: InvariantViolation
    )] {
        try machine.invariantViolations()
    }
}

extension ChainMachine {
    /// A machine for a chain that has begun: what it was started with stands in the host's state.
    public static func resuming(registry: ModuleRegistry, chainID: String, source: any StateSource) throws(HostError)
        -> ChainMachine
    {
        do throws(ModuleError) {
            // The prefix stands in the state that the machine reads, so a first machine reads it.
            let first = ChainMachine(
                registry: registry,
                chainID: chainID,
                addresses: try AddressPrefixes(account: "any"),
                source: source
            )
            guard let chain = try first.host.module.chain.value(in: StateReader(first.host.state)) else {
                throw ModuleError(.notFound, "the host's state names no chain")
            }
            let machine = ChainMachine(
                registry: registry,
                chainID: chainID,
                addresses: try AddressPrefixes(
                    account: chain.addressPrefix,
                    validatorOperator: chain.validatorPrefix,
                    consensus: chain.consensusPrefix
                ),
                source: source
            )
            try machine.loadInstances()
            return machine
        } catch {
            throw HostError(
                .wrongChain,
                "the instances of this chain can't be put to work: register the modules that it was made with",
                cause: error
            )
        }
    }

    /// The instance with a label or an address.
    public func instance(called reference: String) throws(ModuleError) -> AnyModuleInstance {
        try execution.instance(try host.module.number(of: reference, in: StateReader(host.state)))
    }

    /// Everything that must hold of the state and does not, by instance.
    public func invariantViolations() throws(ModuleError) -> [(
        instance: InstanceIdentity, violation: InvariantViolation
    )] {
        var found: [(instance: InstanceIdentity, violation: InvariantViolation)] = []
        for instance in instancesInOrder {
            for violation in try instance.invariantViolations() { found.append((instance.identity, violation)) }
        }
        return found
    }
}

extension HostError {
    /// Runs a call of storage and wraps what it throws.
    static func wrapping<Result>(_ what: String, _ body: () throws(StorageError) -> Result) throws(HostError) -> Result
    {
        do throws(StorageError) {
            return try body()
        } catch {
            throw HostError(.storage, "\(what): \(error.message)", cause: error)
        }
    }
}

extension ModuleRegistry {
    /// The hash of the set, as headers hold it.
    var storedHash: Hash {
        get throws(HostError) {
            guard let hash = Hash(self.hash) else {
                throw HostError(.invalidModuleSet, "the module set has no hash of 32 bytes")
            }
            return hash
        }
    }
}
