import LMDB

extension ChainStore {
    /// How often a reader looks again when a writer moves log and anchor while it compares them.
    private static let anchorAttemptCount = 16

    /// Makes sure that the store is what was asked for.
    static func check(
        _ meta: ChainMeta,
        expectedChainID: String?,
        options: ChainOptions,
        path: String
    ) throws(StorageError) {
        try checkChain(meta, expectedChainID: expectedChainID, path: path)
        guard meta.commitment == options.commitment.identifier else {
            throw StorageError(
                .wrongCommitment,
                """
                \(path) was made with the state commitment \(meta.commitment), not \(options.commitment.identifier). \
                Open it with that one, or replay the log into a new store.
                """
            )
        }
    }

    /// Makes sure that the store belongs to the chain.
    static func checkChain(_ meta: ChainMeta, expectedChainID: String?, path: String) throws(StorageError) {
        guard expectedChainID == nil || expectedChainID == meta.chainID else {
            throw StorageError(
                .wrongChain,
                """
                \(path) holds the chain \(meta.chainID), not \(expectedChainID ?? ""). \
                Name the right folder or the right chain.
                """
            )
        }
    }

    /// Makes sure that no anchor speaks of blocks whose log is gone.
    static func checkNoAnchoredBlock(in path: String) throws(StorageError) {
        do throws(StorageError) {
            guard let block = try AnchorFile.read(in: path).anchor.block else { return }
            throw StorageError(
                .alreadyExists,
                """
                The anchor file in \(path) says that a chain of height \(block.height) was stored here. Restore its data \
                file, or choose another folder for a new chain.
                """
            )
        } catch  where error.code == .anchorMissing || error.code == .anchorDamaged {
            return
        }
    }

    /// Compares log and anchor.
    ///
    /// - Returns: the tip of the log, the newest slot, and whether the log is one transaction ahead.
    static func checkAnchor(
        of environment: Environment,
        _ tables: Tables,
        meta: ChainMeta,
        path: String,
        access: ChainAccess
    ) throws(StorageError) -> (ChainHead.Tip, Anchor.Slot, AnchorCheck.Outcome) {
        var attempt = 1
        while true {
            let slot = try AnchorFile.read(in: path)
            guard slot.anchor.chainIDHash == Anchor(chainID: meta.chainID, block: nil).chainIDHash else {
                throw StorageError(
                    .wrongChain,
                    "The anchor file in \(path) belongs to another chain than \(meta.chainID). Put the right one back."
                )
            }
            let (tip, check) = try environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
                let tip = try readTip(in: transaction, tables, meta: meta)
                let check = AnchorCheck(
                    last: tip.anchorBlock,
                    hashAtAnchor: try hash(at: slot.anchor.block?.height, in: transaction, tables),
                    lastCommit: try ChainMeta.lastCommit(in: transaction, tables),
                    firstHeight: meta.firstHeight
                )
                return (tip, check)
            }
            do throws(StorageError) {
                return (tip, slot, try check.compare(with: slot.anchor))
            } catch {
                // A writer in another process may have moved the one between the looks at both. It cannot when this
                // process is the writer.
                guard access == .readOnly, attempt < anchorAttemptCount else { throw error }
                guard try AnchorFile.read(in: path) != slot else { throw error }
                attempt += 1
            }
        }
    }

    /// The tip of the log as it is on the disk.
    ///
    /// - Throws: `damaged` when the tree does not have the root that the last header names.
    static func readTip(
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables,
        meta: ChainMeta
    ) throws(StorageError) -> ChainHead.Tip {
        let count = try transaction.entryCount(of: tables.events)
        let frontier = try Frontier(count: count, tiles: TileTable(transaction, tables))
        guard let row = try BlockTable.lastRow(in: transaction, tables) else {
            guard count == 0 else { throw damagedTip("\(count) records, but no block") }
            return ChainHead.Tip(header: nil, headerHash: .zero, frontier: frontier)
        }
        let header = row.header
        guard header.chainID == meta.chainID else {
            throw StorageError(
                .wrongChain,
                "The last block belongs to the chain \(header.chainID), not \(meta.chainID). Restore the right data file."
            )
        }
        guard header.eventCount == count, header.eventRoot == frontier.root else {
            throw damagedTip("\(count) records whose root is not the one in header \(header.height)")
        }
        return ChainHead.Tip(header: header, headerHash: header.hash, frontier: frontier)
    }

    private static func hash(
        at height: UInt64?,
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables
    ) throws(StorageError) -> Hash? {
        guard let height else { return nil }
        return try BlockTable.row(height: height, in: transaction, tables)?.header.hash
    }

    private static func damagedTip(_ what: String) -> StorageError {
        StorageError(
            .damaged,
            "The log holds \(what). Restore the store from a backup, or rebuild it from a peer's log."
        )
    }
}

extension ChainHead.Tip {
    /// The last block as the anchor names it.
    var anchorBlock: Anchor.Block? {
        header.map { Anchor.Block(height: $0.height, headerHash: headerHash) }
    }
}
