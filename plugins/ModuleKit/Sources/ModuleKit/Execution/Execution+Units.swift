extension Execution {
    /// Starts a block: no events, no updates, all state settled.
    ///
    /// What the block before changed has to be sealed, and the session's source has to show it.
    public func startBlock(_ block: BlockInfo, nextSequence: UInt64) {
        self.block = block
        events.startBlock(firstSequence: nextSequence)
        validatorUpdates.removeAll()
        session.settle()
        evictIfNeeded()
        transaction = 0
        (eventsStart, eventsMax) = (0, limits.eventsMax)
    }

    /// Runs a unit of work that is kept whole or not at all: a transaction's messages, or one hook.
    ///
    /// - Parameters:
    ///   - transaction: the transaction's place in the block, from 1; 0 for hooks.
    ///   - signer: the account that signed for it; nil for hooks.
    /// - Throws: what the body throws, or `outOfWork` when it used up the work and went on, with everything it did undone.
    @discardableResult
    public func unit<Result>(
        transaction: UInt32,
        signer: Address? = nil,
        _ body: () throws(ModuleError) -> Result
    ) throws(ModuleError) -> Result {
        self.transaction = transaction
        self.signer = signer
        eventsStart = events.entries.count
        eventsMax = limits.eventsMax
        depth = 0
        let savepoint = save()
        do {
            let result = try body()
            try session.meter.requireUnexhausted()
            return result
        } catch {
            restore(savepoint)
            throw error
        }
    }

    /// Runs a body as `signer`: the sender of one of a transaction's messages.
    public func asSigner<Result>(_ signer: Address, _ body: () throws(ModuleError) -> Result) throws(ModuleError)
        -> Result
    {
        let outer = self.signer
        self.signer = signer
        defer { self.signer = outer }
        return try body()
    }

    /// Forgets how to undo what has been done so far in the block.
    public func settle() { session.settle() }

    /// Runs a body and undoes whatever it did, also when it succeeds: the check of a transaction ahead of its block.
    public func discarding<Result>(_ body: () throws(ModuleError) -> Result) throws(ModuleError) -> Result {
        let savepoint = save()
        defer { restore(savepoint) }
        return try body()
    }

    /// The block's state changes, sorted by full key; afterwards they are the ground for the next block.
    ///
    /// - Throws: `storageFailed` when storage failed during the block, also where a module caught the error.
    public func sealState() throws(ModuleError) -> StateWrites {
        if let failure = session.storageFailure { throw session.fail(failure) }
        session.settle()
        var writes = StateWrites()
        for instance in directory.instances { try instance.state.seal(into: &writes) }
        return writes
    }

    /// Drops what is kept in memory when it is too much; only where storage has all of it.
    private func evictIfNeeded() {
        guard directory.instances.reduce(0, { $0 + $1.state.cellCount }) > limits.cellsMax else { return }
        for instance in directory.instances { instance.state.evict() }
    }

    func save() -> Savepoint {
        Savepoint(
            mark: session.nextMark(),
            eventCount: events.entries.count,
            instanceCount: directory.count,
            updateCount: validatorUpdates.count
        )
    }

    func restore(_ savepoint: Savepoint) {
        session.rollBack(to: savepoint.mark)
        events.truncate(to: savepoint.eventCount)
        validatorUpdates.removeSubrange(savepoint.updateCount...)
        if directory.count > savepoint.instanceCount {
            directory.truncate(to: savepoint.instanceCount)
            reactions.removeAll()
        }
    }
}
