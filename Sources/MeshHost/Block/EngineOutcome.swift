public import ModuleKit
public import Storage

/// What a consensus engine takes from an executed block (ABCI 2.0, `FinalizeBlockResponse`).
public struct EngineOutcome: Sendable, Hashable {
    /// What became of a transaction, as the next header's hash of results sees it.
    public struct Result: Sendable, Hashable {
        /// The code of its error; 0 when it did what it asked for.
        public let code: UInt32
        /// Units of work used.
        public let workUsed: UInt64

        /// Describes a result.
        public init(code: UInt32, workUsed: UInt64) {
            self.code = code
            self.workUsed = workUsed
        }
    }

    /// The results, in the order of the transactions.
    public let results: [Result]
    /// Changes of the validator set.
    public let validatorUpdates: [ValidatorUpdate]
    /// What stands in the next header.
    public let appHash: Hash

    /// Describes an outcome.
    public init(results: [Result], validatorUpdates: [ValidatorUpdate], appHash: Hash) {
        self.results = results
        self.validatorUpdates = validatorUpdates
        self.appHash = appHash
    }
}

extension FinalizedBlock {
    /// What a consensus engine takes from this block.
    public var outcome: EngineOutcome {
        EngineOutcome(
            results: results.map { EngineOutcome.Result(code: $0.error?.code.number ?? 0, workUsed: $0.workUsed) },
            validatorUpdates: validatorUpdates,
            appHash: header.appHash
        )
    }
}
