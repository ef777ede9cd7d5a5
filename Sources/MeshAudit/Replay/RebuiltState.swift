import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// A state in the making: a machine that applies events, over a store without records.
///
/// Its blocks have the heights of the home's and only state changes, so their state roots must be the same.
struct RebuiltState {
    private(set) var report = ReplayReport()
    private var log = FindingLog() {
        didSet { (report.findings, report.omittedFindingCount) = (log.findings, log.omittedCount) }
    }

    private let store: ChainStore
    private let machine: ChainMachine
    private let source: StoredStateSource
    private let records: RecordPrefetch
    private var nextHeight: UInt64

    init(
        of home: ChainStore,
        in scratch: String,
        registry: ModuleRegistry,
        chunkCount: UInt64
    ) throws(AuditError) {
        var options = ChainOptions(durability: .none)
        // Only the last state is compared, so nothing of the earlier ones is kept.
        let isTree = home.options.commitment is SparseMerkleCommitment
        options.commitment = isTree ? SparseMerkleCommitment(provableHeights: 0) : home.options.commitment
        store = try storing(.unusableScratch) { () throws(StorageError) in
            try ChainStore.create(at: scratch, chainID: home.chainID, firstHeight: home.firstHeight, options: options)
        }
        source = StoredStateSource(try storing { [store] () throws(StorageError) in try store.state.makeReader() })
        do throws(ModuleError) {
            machine = ChainMachine(
                registry: registry,
                chainID: home.chainID,
                // No `apply` sees text forms of addresses that depend on the chain.
                addresses: try AddressPrefixes(account: "replay"),
                source: source
            )
        } catch {
            throw AuditError(.host, error.message, cause: error)
        }
        records = RecordPrefetch(home.log, chunkCount: chunkCount)
        nextHeight = home.firstHeight
    }

    /// Closes the scratch store. Afterwards nothing reads the home any more.
    func close() {
        records.finish()
        try? store.close()
    }

    /// Applies the events of all blocks up to a header.
    ///
    /// - Returns: false when it makes no sense to go on.
    mutating func apply(
        blocksOf home: ChainStore,
        upTo last: BlockHeader,
        _ progress: AuditProgress.Handler
    ) throws(AuditError) -> Bool {
        report.isSameModuleSet = last.moduleSetHash.bytes == machine.registry.hash
        while nextHeight <= last.height {
            guard !log.isFull else { return false }
            let (header, sequences) = try storing { () throws(StorageError) in
                (try home.log.header(at: nextHeight), try home.log.sequences(at: nextHeight))
            }
            guard let header, let sequences else {
                log.add(.blockMissing, at: .init(height: nextHeight), "The block is missing.")
                return false
            }
            try apply(sequences, of: header)
            report.blockCount += 1
            nextHeight += 1
            progress(AuditProgress(.replay, completed: sequences.upperBound, total: last.eventCount))
        }
        return true
    }

    private mutating func apply(_ sequences: Range<UInt64>, of header: BlockHeader) throws(AuditError) {
        let time = Timestamp(nanoseconds: header.timeNanoseconds)
        let block = BlockInfo(chainID: header.chainID, height: header.height, time: time)
        machine.execution.startBlock(block, nextSequence: sequences.lowerBound)
        var failures: [(sequence: UInt64, error: ModuleError)] = []
        try storing { [machine, records] () throws(StorageError) in
            try records.forEachRecord(in: sequences, vocabularies: { machine.vocabularies }) { (sequence, record) in
                do throws(ModuleError) {
                    try machine.applyWhole(record)
                } catch {
                    failures.append((sequence, error))
                }
                return failures.count < FindingLog.limit
            }
        }
        report.eventCount += UInt64(sequences.count - failures.count)
        for (sequence, error) in failures {
            guard error.code != .storageFailed else { throw AuditError(.unusableScratch, error.message, cause: error) }
            let code = error.code == .notGranted ? Finding.Code.privilegeMissing : .eventNotApplicable
            log.add(code, at: .init(height: header.height, sequence: sequence), error.message + ".")
        }
        try seal(header)
    }

    private mutating func seal(_ header: BlockHeader) throws(AuditError) {
        let writes: StateWrites
        do throws(ModuleError) {
            writes = try machine.execution.sealState()
        } catch {
            throw AuditError(
                .host,
                "The state of height \(header.height) cannot be sealed: \(error.message)",
                cause: error
            )
        }
        let root = try storing(.unusableScratch) { [store, source] () throws(StorageError) in
            let block = try store.prepare(
                BlockContent(height: header.height, timeNanoseconds: 0, writes: try WriteSet(writes))
            )
            try store.commit(block)
            try source.renew()
            return block.header.stateRoot
        }
        guard root != header.stateRoot, report.firstDivergingHeight == nil else { return }
        // What follows rests on it.
        report.firstDivergingHeight = header.height
        let what = "The rebuilt state has the root \(root); the header names \(header.stateRoot)."
        log.add(.stateRootMismatch, at: .init(height: header.height), what)
    }

    /// Compares the home's tables with the rebuilt ones.
    ///
    /// - Returns: false when the home has moved on.
    mutating func compareTables(
        of home: ChainStore,
        at height: UInt64,
        _ progress: AuditProgress.Handler
    ) throws(AuditError) -> Bool {
        var comparison = StateComparison(
            home: home.storedTables,
            rebuilt: store.storedTables,
            names: InstanceNames(machine)
        )
        guard try comparison.run(at: height, progress) else { return false }
        report.entryCount = comparison.entryCount
        report.differences = comparison.differences
        log.add(contentsOf: comparison.findings)
        try checkStateTree(of: home)
        report.isComplete = true
        return true
    }

    /// Checks what the home keeps of earlier states against the headers of their heights, if all else is sound.
    private mutating func checkStateTree(of home: ChainStore) throws(AuditError) {
        guard log.isEmpty, home.options.commitment is SparseMerkleCommitment else { return }
        do throws(StorageError) {
            try home.checkStateTree()
        } catch {
            guard error.code == .damaged else { throw AuditError(.storage, error.message, cause: error) }
            log.add(.stateTreeDamaged, at: .init(table: StoredTables.Table.commitment.rawValue), error.message)
        }
    }
}

extension ChainMachine {
    /// Applies a record wholly or not at all.
    fileprivate func applyWhole(_ record: borrowing PreparedRecord) throws(ModuleError) {
        let envelope = try record.envelope.get()
        try execution.unit(transaction: 0) { () throws(ModuleError) in
            try apply(envelope, decoded: record.event)
        }
    }
}
