import Dispatch
import LMDB
import Synchronization

/// The home folder of one chain: its event log, its state, and its anchor.
///
/// One process at a time may append; any number may read. Blocks go in whole or not at all.
public final class ChainStore: Sendable {
    /// The folder.
    public let path: String
    /// The chain.
    public let chainID: String
    /// The height of the first block.
    public let firstHeight: UInt64
    /// Who may do what.
    public let access: ChainAccess
    /// How it was opened.
    public let options: ChainOptions
    /// What is on the disk: records, blocks, proofs.
    public let log: EventLog
    /// The state at the head, sealed blocks included.
    public let state: StateStore

    let environment: Environment
    let tables: Tables
    let head: HeadBox
    // Held while a group is on its way to the disk. Guards the anchor, which moves only then. Taken before `head`'s lock.
    let landing: Mutex<Landing>
    let timer = DispatchQueue(label: "chain-store-group")

    /// What is needed to bring blocks to the disk.
    struct Landing: ~Copyable, Sendable {
        /// Nil when the store was opened for reading.
        var anchor: AnchorFile?
        /// A block that is in LMDB but not in the anchor, because that could not be written. Only one transaction may be
        /// ahead, so the anchor comes first next time.
        var unanchored: Anchor?
    }

    /// The head behind its lock, apart from the store so that readers can hold it alone.
    final class HeadBox: Sendable {
        private let head: Mutex<ChainHead>

        init(_ head: ChainHead) {
            self.head = Mutex(head)
        }

        func update<Value: Sendable>(
            _ body: (inout ChainHead) throws(StorageError) -> sending Value
        ) throws(StorageError) -> sending Value {
            try head.withLock { (head) throws(StorageError) in try body(&head) }
        }

        /// The tip that the next block stands on.
        var sealedTip: ChainHead.Tip {
            head.withLock { $0.sealed }
        }

        /// The tip that the next block stands on, and the blocks before it that are pending, oldest first.
        var sealedTipAndPending: (ChainHead.Tip, [PreparedBlock]) {
            head.withLock { ($0.sealed, $0.pending.map(\.block)) }
        }

        /// The tip on the disk.
        var durableTip: ChainHead.Tip {
            head.withLock { $0.durable }
        }

        /// The pending blocks, oldest first.
        var pending: [ChainHead.Pending] {
            head.withLock { $0.pending }
        }

        /// What readers of the state need.
        var sealedState: SealedState {
            head.withLock { head in
                SealedState(
                    height: head.sealed.header?.height,
                    writes: head.pending.reversed().map(\.block.content.writes)
                )
            }
        }
    }

    init(
        path: String,
        meta: ChainMeta,
        access: ChainAccess,
        options: ChainOptions,
        environment: Environment,
        tables: Tables,
        tip: ChainHead.Tip,
        anchor: consuming sending AnchorFile?
    ) {
        self.path = path
        chainID = meta.chainID
        firstHeight = meta.firstHeight
        self.access = access
        self.options = options
        self.environment = environment
        self.tables = tables
        let head = HeadBox(ChainHead(durable: tip))
        self.head = head
        log = EventLog(environment: environment, tables: tables)
        switch access {
        case .readWrite:
            state = StateStore(environment: environment, tables: tables) { head.sealedState }
        case .readOnly:
            // What another process appends is seen as it lands; a reader never meets blocks beyond its own snapshot.
            state = StateStore(environment: environment, tables: tables) { SealedState(height: UInt64.max, writes: []) }
        }
        landing = Mutex(Landing(anchor: anchor))
    }

    deinit {
        // Without ``close()`` what was not acknowledged is lost, but nobody waits for it for ever.
        let lost = (try? head.update { (head) in head.fallBack() }) ?? []
        for pending in lost {
            pending.ticket.fulfil(
                .failure(StorageError(.closed, "The store was let go before the block was stored. Close it first."))
            )
        }
        environment.close()
    }

    /// The header of the head, sealed blocks included; nil before the first block.
    public var headHeader: BlockHeader? {
        head.sealedTip.header
    }

    /// The height of the next block.
    ///
    /// - Throws: `heightGap` at the end of numbers.
    public func nextHeight() throws(StorageError) -> UInt64 {
        try ChainHead.nextHeight(after: head.sealedTip, firstHeight: firstHeight)
    }

    /// Brings pending blocks to the disk and closes the store. Later calls throw `closed`.
    ///
    /// - Throws: why pending blocks could not be stored; the store is closed all the same.
    @available(*, noasync)
    public func close() throws(StorageError) {
        defer {
            environment.close()
            landing.withLock { $0.anchor = nil }
        }
        if access == .readWrite, !head.pending.isEmpty {
            try flush()
        }
    }
}
