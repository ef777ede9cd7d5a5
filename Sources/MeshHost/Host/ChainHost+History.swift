internal import ModuleKit
internal import ModuleRuntime
internal import Storage

/// What the log says of blocks that were executed earlier.
extension ChainHost {
    /// What a consensus engine took from a block; the same as `FinalizedBlock.outcome` was when it was executed.
    ///
    /// - Returns: nil when there is no block of that height.
    /// - Throws: `unreadableLog` for events that this build can't decode; `storage`.
    /// - Complexity: O(events of the block).
    public func outcome(at height: UInt64) throws(HostError) -> EngineOutcome? {
        var results: [EngineOutcome.Result] = []
        var updates: [ValidatorUpdate] = []
        var failure: ModuleError?
        let header = try HostError.wrapping("block \(height) can't be read") {
            () throws(StorageError) -> BlockHeader? in
            guard let header = try store.log.header(at: height), let range = try store.log.sequences(at: height) else {
                return nil
            }
            try store.log.forEachRecord(in: range) { (_, record) throws(StorageError) in
                do throws(ModuleError) {
                    let envelope = try EventEnvelope(decoding: record.withUnsafeBytes { [UInt8]($0) })
                    if let result = try Self.result(in: envelope) { results.append(result) }
                    updates += try validatorUpdates(in: envelope)
                } catch {
                    failure = error
                }
                return failure == nil
            }
            return header
        }
        if let failure {
            throw HostError(.unreadableLog, "block \(height) holds an event that can't be decoded", cause: failure)
        }
        return header.map { EngineOutcome(results: results, validatorUpdates: updates, appHash: $0.appHash) }
    }

    private static func result(in envelope: EventEnvelope) throws(ModuleError) -> EngineOutcome.Result? {
        guard envelope.instance == HostModule.instanceNumber else { return nil }
        let event = try HostEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
        guard case .transactionExecuted(let executed) = event.event else { return nil }
        return EngineOutcome.Result(code: executed.code, workUsed: executed.workUsed)
    }

    private func validatorUpdates(in envelope: EventEnvelope) throws(ModuleError) -> [ValidatorUpdate] {
        let vocabulary = try machine.execution.instance(envelope.instance).vocabulary.type
        guard let updating = vocabulary as? any UpdatesValidators.Type else { return [] }
        return try updating.init(recorded: envelope.payload, schemaVersion: envelope.schemaVersion).validatorUpdates
    }
}
