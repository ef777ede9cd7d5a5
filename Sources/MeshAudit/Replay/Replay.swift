public import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// Rebuilds the state from the log alone: only the modules' `apply`, nothing is decided anew.
///
/// After every block the root of the rebuilt state is compared with the header; at the end the whole state table of the
/// home is compared with the rebuilt one. A privileged event needs a live grant at its place in the log.
public struct Replay {
    /// The folder of the chain.
    public let home: String
    /// The folder in which the state is rebuilt. It must hold no store; what is built stays there.
    public let scratch: String
    /// The modules that wrote the log.
    public let registry: ModuleRegistry
    /// How many records are read and decoded at a time, ahead of the blocks.
    var chunkCount = RecordPrefetch.chunkCount

    /// Describes a replay.
    public init(home: String, scratch: String, registry: ModuleRegistry) {
        self.home = home
        self.scratch = scratch
        self.registry = registry
    }

    /// Replays.
    ///
    /// Blocks that another process appends meanwhile are replayed too.
    ///
    /// - Parameter progress: called on this thread.
    /// - Throws: `unreadableHome` when storage refuses the home: run ``Verification`` to learn what is wrong with it;
    ///   `unusableScratch`; `storage` when the log cannot be read on; `host` when the state cannot be sealed.
    /// - Complexity: O(bytes of the log), on one core; a second one decodes ahead.
    @available(*, noasync)
    public func run(_ progress: AuditProgress.Handler = { _ in }) throws(AuditError) -> ReplayReport {
        let store = try storing(.unreadableHome) { () throws(StorageError) in
            try ChainStore.open(at: home, expectedChainID: nil, access: .readOnly)
        }
        defer { try? store.close() }
        var rebuilding = try RebuiltState(of: store, in: scratch, registry: registry, chunkCount: chunkCount)
        defer { rebuilding.close() }
        while true {
            let header = try storing { () throws(StorageError) in try store.log.latestHeader() }
            guard let header else { break }
            guard try rebuilding.apply(blocksOf: store, upTo: header, progress) else { break }
            // Nothing may land between the last block and the look at the state.
            if try rebuilding.compareTables(of: store, at: header.height, progress) { break }
        }
        return rebuilding.report
    }
}

/// What ``Replay`` found, and how much it replayed.
public struct ReplayReport: Sendable {
    /// What is wrong, at most a hundred of them.
    public internal(set) var findings: [Finding] = []
    /// How many more findings there were.
    public internal(set) var omittedFindingCount: UInt64 = 0
    /// The first height at which the rebuilt state has another root than the header; nil when there is none.
    public internal(set) var firstDivergingHeight: UInt64?
    /// The entries in which the home's tables differ from the rebuilt ones, at most a hundred of them.
    public internal(set) var differences: [StateDifference] = []
    /// How many blocks were replayed.
    public internal(set) var blockCount: UInt64 = 0
    /// How many events were applied.
    public internal(set) var eventCount: UInt64 = 0
    /// How many entries of the state were compared.
    public internal(set) var entryCount: UInt64 = 0
    /// Whether every block was replayed and the tables were compared.
    public internal(set) var isComplete = false
    /// Whether the last block ran under this very module set. Without it, other code may be why something differs.
    public internal(set) var isSameModuleSet = true

    /// Whether the log gives the state that the home has.
    public var isSound: Bool { findings.isEmpty && isComplete }
}
