extension Execution {
    /// Starts a block: no events, no updates, all state settled.
    public func startBlock(_ block: BlockInfo, nextSequence: UInt64) {
        self.block = block
        events.startBlock(firstSequence: nextSequence)
        validatorUpdates.removeAll()
        session.settle()
        transaction = 0
    }

    /// Runs a unit of work that is kept whole or not at all: a transaction's messages, or one hook.
    ///
    /// - Parameters:
    ///   - transaction: the transaction's place in the block, from 1; 0 for hooks.
    ///   - signer: the account that signed for it; nil for hooks.
    /// - Throws: what the body throws, with everything it did undone.
    public func unit<Result>(
        transaction: UInt32,
        signer: Address? = nil,
        _ body: () throws(ModuleError) -> Result
    ) throws(ModuleError) -> Result {
        self.transaction = transaction
        self.signer = signer
        unitStart = events.entries.count
        depth = 0
        let savepoint = save()
        do {
            return try body()
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
        let updates = validatorUpdates.count
        defer {
            restore(savepoint)
            validatorUpdates.removeSubrange(updates...)
        }
        return try body()
    }

    /// The block's state changes, sorted by full key; afterwards they are the ground for the next block.
    public func sealState() throws(ModuleError) -> StateWrites {
        session.settle()
        var writes = StateWrites()
        for instance in instances { try instance.state.seal(into: &writes) }
        if instances.reduce(0, { $0 + $1.state.cellCount }) > limits.cellsMax {
            for instance in instances { instance.state.evict() }
        }
        return writes
    }

    func save() -> Savepoint {
        Savepoint(mark: session.nextMark(), eventCount: events.entries.count, instanceCount: instances.count)
    }

    func restore(_ savepoint: Savepoint) {
        session.rollBack(to: savepoint.mark)
        events.truncate(to: savepoint.eventCount)
        if instances.count > savepoint.instanceCount {
            instances.removeSubrange(savepoint.instanceCount...)
            reactions.removeAll()
        }
    }
}
