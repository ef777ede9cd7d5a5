public import MeshHost
import ModuleKit
import Storage

/// Executes a chain again from what came from outside: the genesis document and the transactions.
///
/// Every byte of every event must come out the same. Where ``Replay`` believes the log and rebuilds the state, this
/// also tells whether the log follows from its inputs.
public struct Reexecution {
    /// The folder of the chain.
    public let home: String
    /// The folder in which the chain runs again. It must hold no store; what is built stays there.
    public let scratch: String
    /// The modules that wrote the log.
    public let registry: ModuleRegistry

    /// Describes a re-execution.
    public init(home: String, scratch: String, registry: ModuleRegistry) {
        self.home = home
        self.scratch = scratch
        self.registry = registry
    }

    /// Executes every block again, up to the first difference.
    ///
    /// - Parameter progress: called on this thread.
    /// - Throws: `unreadableHome` when storage refuses the home, `storage`, `host`.
    @available(*, noasync)
    public func run(_ progress: AuditProgress.Handler = { _ in }) throws(AuditError) -> ReexecutionReport {
        let store = try storing(.unreadableHome) { () throws(StorageError) in
            try ChainStore.open(at: home, expectedChainID: nil, access: .readOnly)
        }
        defer { try? store.close() }
        var report = ReexecutionReport()
        let last = try storing { () throws(StorageError) in try store.log.latestHeader() }
        guard let last else { return report }
        var host: ChainHost?
        defer { try? host?.store.close() }
        for height in store.firstHeight...max(store.firstHeight, last.height) {
            do throws(HostError) {
                try execute(height, of: store, on: &host)
            } catch {
                let what = "The block cannot be executed again: \(error.message)."
                report.findings.append(Finding(.reexecutionDiffers, at: .init(height: height), what))
                return report
            }
            guard let host else { return report }
            if let finding = try difference(at: height, between: store, and: host.store) {
                report.findings.append(finding)
                return report
            }
            report.blockCount += 1
            report.eventCount = host.lastHeader.eventCount
            progress(AuditProgress(.reexecution, completed: report.eventCount, total: last.eventCount))
        }
        return report
    }

    private func execute(_ height: UInt64, of store: ChainStore, on host: inout ChainHost?) throws(HostError) {
        let inputs: ByteArena
        let header: BlockHeader
        let input: BlockInput
        do {
            guard
                let stored = try store.log.inputs(at: height),
                let found = try store.log.header(at: height),
                !stored.isEmpty
            else {
                throw StorageError(.damaged, "its inputs or its header are missing")
            }
            (inputs, header) = (stored, found)
            input = try BlockInput(decoding: stored[0])
        } catch {
            throw HostError(.unreadableLog, "\(error)", cause: error)
        }
        let options = HostOptions(durability: .none, provableHeights: 0)
        switch (input, host) {
        case (.genesis(let document, let skipsUnknown, let addressPrefix), nil):
            let genesis = GenesisOptions(skipsUnknown: skipsUnknown, addressPrefix: addressPrefix)
            host = try ChainHost.create(
                at: scratch,
                genesis: document,
                registry: registry,
                genesisOptions: genesis,
                options: options
            ).host
        case (.report(let report, let lightBlock), let host?):
            let block = ProposedBlock(
                height: height,
                time: Timestamp(nanoseconds: header.timeNanoseconds),
                transactions: inputs.indices.dropFirst().map { inputs[$0] },
                report: report,
                lightBlock: lightBlock
            )
            _ = try host.finalizeBlock(block)
            try host.commit()
        default:
            throw HostError(.unreadableLog, "only the first block begins with a genesis document")
        }
    }

    /// The first record in which two logs differ at a height, or else the first field of their headers.
    private func difference(
        at height: UInt64,
        between recorded: ChainStore,
        and again: ChainStore
    ) throws(AuditError) -> Finding? {
        try storing { () throws(StorageError) in
            guard
                let sequences = try recorded.log.sequences(at: height),
                let others = try again.log.sequences(at: height),
                let header = try recorded.log.header(at: height),
                let other = try again.log.header(at: height)
            else {
                return Finding(.reexecutionDiffers, at: .init(height: height), "The block is missing.")
            }
            var finding: Finding?
            try recorded.log.forEachRecord(in: sequences) { (sequence, record) throws(StorageError) in
                let repeated = try again.log.record(at: sequence)
                let original = record.withUnsafeBytes { [UInt8]($0) }
                guard repeated != original else { return true }
                let what = "Recorded is \(Self.describe(original)); executed again it is \(Self.describe(repeated))."
                finding = Finding(.reexecutionDiffers, at: .init(height: height, sequence: sequence), what)
                return false
            }
            if let finding { return finding }
            let place = Finding.Place(height: height, sequence: sequences.upperBound)
            guard sequences == others else {
                let what = "The block has \(sequences.count) events; executed again it has \(others.count)."
                return Finding(.reexecutionDiffers, at: place, what)
            }
            guard header == other else {
                return Finding(.reexecutionDiffers, at: .init(height: height), Self.describe(header, other))
            }
            return nil
        }
    }

    private static func describe(_ record: [UInt8]?) -> String {
        guard let record else { return "nothing" }
        guard let view = record.withUnsafeBytes({ RecordView($0).map(describe) }) else { return "no envelope" }
        return view
    }

    private static func describe(_ view: RecordView) -> String {
        let payload = view.payload.prefix(64).hexadecimal
        return "an event of kind \(view.kind) of instance \(view.instance) with \(view.payload.count) bytes, \(payload)"
    }

    private static func describe(_ header: BlockHeader, _ other: BlockHeader) -> String {
        let fields = [
            ("transactions root", header.transactionsRoot, other.transactionsRoot),
            ("event root", header.eventRoot, other.eventRoot),
            ("state root", header.stateRoot, other.stateRoot),
            ("module set", header.moduleSetHash, other.moduleSetHash),
            ("previous header", header.previousHeaderHash, other.previousHeaderHash),
        ]
        guard let (name, left, right) = fields.first(where: { $0.1 != $0.2 }) else {
            return "The headers differ in time, chain or size."
        }
        return "The header's \(name) is \(left); executed again it is \(right)."
    }
}

/// What ``Reexecution`` found.
public struct ReexecutionReport: Sendable {
    /// The first difference, if there is one.
    public internal(set) var findings: [Finding] = []
    /// How many blocks came out the same.
    public internal(set) var blockCount: UInt64 = 0
    /// How many events came out the same.
    public internal(set) var eventCount: UInt64 = 0

    /// Whether everything came out the same.
    public var isSound: Bool { findings.isEmpty }
}
