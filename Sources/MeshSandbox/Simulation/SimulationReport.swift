public import Storage

/// What came of a simulation.
public struct SimulationReport: Sendable {
    /// How often an operation was done.
    public struct OperationCount: Sendable, Hashable {
        /// The operation.
        public let name: String
        /// How often it was done.
        public internal(set) var count: UInt64
    }

    /// How a chain ended.
    public struct Chain: Sendable, Hashable {
        /// Its identifier.
        public let chainID: String
        /// Its last block.
        public let height: UInt64
        /// How many events its log has.
        public let eventCount: UInt64
        /// What the application committed to in its last block.
        public let appHash: Hash
    }

    /// What was simulated.
    public let options: Simulation.Options
    /// How many steps were made.
    public internal(set) var stepCount = 0
    /// How often each operation was done, in the order of the vocabulary.
    public internal(set) var operations: [OperationCount] = []
    /// How many transactions of accounts were executed, those that failed included.
    public internal(set) var transactionCount: UInt64 = 0
    /// How many of them failed.
    public internal(set) var failedTransactionCount: UInt64 = 0
    /// How many packets ended in each way, in the order of the fates.
    public internal(set) var packets: [(fate: PacketBook.Fate, count: Int)] = []
    /// How many forged deliveries were refused.
    public internal(set) var refusedForgeryCount: UInt64 = 0
    /// How many infractions were proven to providers.
    public internal(set) var infractionCount: UInt64 = 0
    /// How often collateral was slashed, for those and for what validators did on their own chains.
    public internal(set) var slashCount: UInt64 = 0
    /// How often another lien on the same collateral gave way to a slash.
    public internal(set) var cutCount: UInt64 = 0
    /// The chains, in their row.
    public internal(set) var chains: [Chain] = []
    /// What did not hold; nil when everything did.
    public internal(set) var violation: SimulationViolation?
}

/// What did not hold in a simulation.
public struct SimulationViolation: Sendable, Hashable {
    /// When it was found.
    public enum Moment: String, Sendable, Hashable {
        /// After a step.
        case step
        /// When everything had been settled.
        case settled
        /// When the logs were audited.
        case audit
    }

    /// The invariant, by its name; `network` when the network itself could not go on.
    public let invariant: String
    /// What does not hold, one line each.
    public let lines: [String]
    /// When it was found.
    public let moment: Moment
    /// How many steps lead to it: the shortest prefix that fails, once it was searched for.
    public internal(set) var stepCount: Int
    /// Whether the same steps from a fresh folder led to it again.
    public internal(set) var isReproduced = false
    /// What happened last.
    public let trace: [String]
}
