internal import Dispatch
internal import Logging
internal import ModuleKit
internal import ModuleRuntime
public import Storage
internal import Synchronization

/// Executing a block and putting it on disk.
extension ChainHost {
    /// Executes a block; nothing is on disk before `commit`.
    ///
    /// Transactions that fail stand in the results and in the log; they do not fail the block. Signatures are checked on
    /// all cores ahead of execution.
    ///
    /// - Throws: `outOfTurn`, `invalidBlock`; `needsReopening` when storage failed half way.
    public func finalizeBlock(_ block: ProposedBlock) throws(HostError) -> FinalizedBlock {
        try requireIdle("finalizeBlock")
        try check(block)
        let start = ContinuousClock.now
        let transactions = verifyAll(block.transactions)
        try startBlock(block)
        do throws(ModuleError) {
            try machine.runMigrations()
            try runHooks(.beginBlock, named: "begin_block")
            var results: [TransactionResult] = []
            var workLeft = registry.limits.blockWorkMax
            for (index, transaction) in transactions.enumerated() {
                let result = try execute(transaction, at: UInt32(index) + 1, workLeft: workLeft)
                workLeft -= min(workLeft, result.workUsed)
                results.append(result)
            }
            try runHooks(.endBlock, named: "end_block")
            let prepared = try seal(block, input: .report(block.report, lightBlock: block.lightBlock), results: results)
            let finalized = FinalizedBlock(
                header: prepared.header,
                results: results,
                validatorUpdates: machine.execution.validatorUpdates,
                events: prepared.sequences
            )
            meters.record(finalized, executionTime: ContinuousClock.now - start)
            return finalized
        } catch {
            throw failed("block \(block.height) can't be executed", error)
        }
    }

    /// Puts the finalized block on disk: events, tree, state, receipts and header in one LMDB transaction.
    ///
    /// - Returns: a ticket that is fulfilled once the block is durable; at once, unless durability is grouped.
    /// - Throws: `outOfTurn` without a finalized block; `needsReopening` when storage failed: what was acknowledged
    ///   before is on disk, this block is not.
    @available(*, noasync)
    @discardableResult
    public func commit() throws(HostError) -> CommitTicket {
        guard case .finalized(let prepared) = phase else {
            throw HostError(.outOfTurn, "there is no finalized block to commit: call finalizeBlock first")
        }
        let ticket: CommitTicket
        do throws(StorageError) {
            ticket = try store.commit(prepared)
        } catch {
            phase = .failed
            throw HostError(
                .needsReopening,
                "block \(prepared.header.height) is not on disk (\(error.message)): mend the cause and open the chain anew",
                cause: error
            )
        }
        lastHeader = prepared.header
        phase = .idle
        try settleSource()
        options.logger.debug(
            "committed",
            metadata: ["height": "\(lastHeader.height)", "events": "\(prepared.sequences.count)"]
        )
        return ticket
    }

    func requireIdle(_ call: String) throws(HostError) {
        switch phase {
        case .idle: return
        case .finalized(let block):
            throw HostError(.outOfTurn, "\(call): block \(block.header.height) waits for commit")
        case .failed:
            throw HostError(.needsReopening, "\(call): an earlier failure left this host unusable; open the chain anew")
        }
    }

    private func check(_ block: ProposedBlock) throws(HostError) {
        let (expected, overflow) = lastHeader.height.addingReportingOverflow(1)
        guard !overflow, block.height == expected else {
            throw HostError(.invalidBlock, "the next block has height \(expected), not \(block.height)")
        }
        guard block.time.nanoseconds >= lastHeader.timeNanoseconds else {
            throw HostError(
                .invalidBlock,
                "block \(block.height) is dated \(block.time), before the last one "
                    + "(\(Timestamp(nanoseconds: lastHeader.timeNanoseconds))): time never goes back"
            )
        }
        let byteCount = block.transactions.reduce(0) { $0 + $1.count }
        guard byteCount <= registry.limits.blockBytesMax else {
            throw HostError(
                .invalidBlock,
                "block \(block.height) has \(byteCount) bytes of transactions, the limit is "
                    + "\(registry.limits.blockBytesMax): propose fewer"
            )
        }
    }

    func startBlock(_ block: ProposedBlock, isGenesis: Bool = false) throws(HostError) {
        machine.execution.startBlock(
            BlockInfo(
                chainID: chainID,
                height: block.height,
                time: block.time,
                isGenesis: isGenesis,
                report: block.report
            ),
            nextSequence: lastHeader.eventCount
        )
    }

    /// Checks form and signatures of all transactions, on all cores; a pure function of each.
    private func verifyAll(_ transactions: [[UInt8]]) -> [CheckedTransaction] {
        let chainID = chainID
        let addresses = addresses
        let limits = registry.limits
        let checked = Mutex([CheckedTransaction?](repeating: nil, count: transactions.count))
        let chunk = 8
        DispatchQueue.concurrentPerform(iterations: (transactions.count + chunk - 1) / chunk) { part in
            let range = part * chunk..<min((part + 1) * chunk, transactions.count)
            let results = range.map { index in
                CheckedTransaction(transactions[index], chainID: chainID, addresses: addresses, limits: limits)
            }
            checked.withLock { checked in
                for (index, result) in zip(range, results) { checked[index] = result }
            }
        }
        return checked.withLock { $0.compactMap { $0 } }
    }

    private func runHooks(_ hook: ModuleHook, named name: String) throws(ModuleError) {
        let execution = machine.execution
        for instance in machine.instancesInOrder {
            execution.session.meter.start(limit: .max)
            do throws(ModuleError) {
                try execution.unit(transaction: 0) { () throws(ModuleError) in try instance.run(hook, execution) }
            } catch {
                try requireStorage()
                try execution.unit(transaction: 0) { () throws(ModuleError) in
                    try machine.host.record(.hookFailed(name, of: instance.identity, error), execution)
                }
                options.logger.warning(
                    "hook failed",
                    metadata: ["hook": "\(name)", "instance": "\(instance.identity.label)", "error": "\(error)"]
                )
            }
            execution.settle()
        }
    }

    /// Turns what was executed into a block: envelopes, state changes, receipts, header.
    func seal(_ block: ProposedBlock, input: BlockInput, results: [TransactionResult]) throws(ModuleError)
        -> PreparedBlock
    {
        let execution = machine.execution
        let content: BlockContent
        do {
            var inputs = ByteArena()
            inputs.append(try input.encoded())
            for transaction in block.transactions { inputs.append(transaction) }
            content = BlockContent(
                height: block.height,
                timeNanoseconds: block.time.nanoseconds,
                inputs: inputs,
                records: ByteArena(enveloping: execution.events, height: block.height),
                receipts: results.compactMap { result in
                    Hash(result.hash).map {
                        BlockContent.Receipt(transactionHash: $0, sequence: result.events.upperBound - 1)
                    }
                },
                writes: try WriteSet(try execution.sealState()),
                moduleSetHash: moduleSetHash,
                schemas: try machine.addedSchemas()
            )
            let prepared = try store.prepare(content)
            phase = .finalized(prepared)
            return prepared
        } catch {
            throw execution.session.fail(error)
        }
    }

    /// Ends the block when storage failed, whatever a module made of the error that it saw.
    func requireStorage() throws(ModuleError) {
        if let failure = machine.execution.session.storageFailure {
            throw ModuleError(.storageFailed, "state can't be read: \(failure)")
        }
    }

    func failed(_ what: String, _ error: ModuleError) -> HostError {
        phase = .failed
        return HostError(
            .needsReopening,
            "\(what): \(error.message); nothing of it is on disk, open the chain anew",
            cause: machine.execution.session.storageFailure ?? error
        )
    }
}
