import LMDB

extension ChainStore {
    /// Checks and hashes a block on the present head. Stores nothing.
    ///
    /// - Throws: `heightGap` when the height is not the next one; `timeBackwards`; `receiptOutOfRange`;
    ///   `schemaConflict`; `outOfRange` when sequences would run out; `readOnly`; `staleBlock` when another block was
    ///   committed meanwhile; what ``StateKey/full(instance:collection:key:)`` throws of a key; or what the commitment
    ///   throws.
    /// - Complexity: O(bytes); hashes on every core.
    public func prepare(_ content: BlockContent) throws(StorageError) -> PreparedBlock {
        guard access == .readWrite else {
            throw StorageError(.readOnly, "\(path) was opened for reading only. Open it for reading and writing.")
        }
        let (tip, pending) = head.sealedTipAndPending
        try checkPlace(of: content, after: tip)
        let sequences = try sequences(of: content, after: tip)
        try checkReceipts(of: content, in: sequences)
        try checkSchemas(of: content)
        try content.writes.checkStateKeys()
        var frontier = tip.frontier
        let tiles = frontier.append(contentsOf: LeafHasher.hashes(of: content.records))
        let commitment = try options.commitment.update(
            StateCommitmentBlock(
                height: content.height,
                previousRoot: tip.header?.stateRoot ?? options.commitment.emptyRoot,
                writes: content.writes,
                before: HeadView(
                    environment: environment,
                    tables: tables,
                    pending: pending,
                    target: .block(height: tip.header?.height)
                )
            )
        )
        let header = try BlockHeader(
            chainID: chainID,
            height: content.height,
            timeNanoseconds: content.timeNanoseconds,
            previousHeaderHash: tip.headerHash,
            transactionsRoot: MerkleTree.root(of: content.inputs),
            eventCount: frontier.count,
            eventRoot: frontier.root,
            stateRoot: commitment.root,
            moduleSetHash: content.moduleSetHash
        )
        return PreparedBlock(
            content: content,
            header: header,
            headerHash: header.hash,
            sequences: sequences,
            frontier: frontier,
            tiles: tiles,
            nodeWrites: commitment.nodeWrites
        )
    }

    private func checkPlace(of content: BlockContent, after tip: ChainHead.Tip) throws(StorageError) {
        let expected = try ChainHead.nextHeight(after: tip, firstHeight: firstHeight)
        guard content.height == expected else {
            throw StorageError(
                .heightGap,
                "Block \(content.height) cannot be stored: the next height is \(expected). Hand in the blocks in order."
            )
        }
        let lastTime = tip.header?.timeNanoseconds ?? 0
        guard content.timeNanoseconds >= lastTime else {
            throw StorageError(
                .timeBackwards,
                """
                Block \(content.height) is of time \(content.timeNanoseconds) ns, before \(lastTime) ns of the last block. \
                Give it a time that is not earlier.
                """
            )
        }
    }

    private func sequences(of content: BlockContent, after tip: ChainHead.Tip) throws(StorageError) -> Range<UInt64> {
        let first = tip.frontier.count
        let (end, overflows) = first.addingReportingOverflow(UInt64(content.records.count))
        guard !overflows, content.inputs.count <= Int(UInt32.max) else {
            throw StorageError(.outOfRange, "Block \(content.height) has too many records or inputs. Split it.")
        }
        return first..<end
    }

    private func checkReceipts(of content: BlockContent, in sequences: Range<UInt64>) throws(StorageError) {
        for receipt in content.receipts where !sequences.contains(receipt.sequence) {
            throw StorageError(
                .receiptOutOfRange,
                """
                The receipt of \(receipt.transactionHash) names record \(receipt.sequence); block \(content.height) has \
                \(sequences.lowerBound) up to but not \(sequences.upperBound). Name a record of the same block.
                """
            )
        }
    }

    private func checkSchemas(of content: BlockContent) throws(StorageError) {
        guard !content.schemas.isEmpty else { return }
        let known = head.pending.flatMap(\.block.content.schemas) + content.schemas
        for schema in content.schemas {
            let stored = try log.schema(schema.identifier)
            let isDefinedOtherwise = known.contains { $0.identifier == schema.identifier && $0.bytes != schema.bytes }
            guard !isDefinedOtherwise, stored == nil || stored == schema.bytes else {
                throw BlockWriter.conflict(schema.identifier)
            }
        }
    }
}
