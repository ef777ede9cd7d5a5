/// How far an audit has come.
public struct AuditProgress: Sendable, Hashable {
    /// What an audit is doing.
    public enum Stage: String, Sendable {
        /// Walks through the pages of the data file.
        case pages
        /// Follows the chain of headers.
        case headers
        /// Recomputes the event tree and what hangs on it.
        case events
        /// Checks what validators signed.
        case signatures
        /// Applies events to a state built from zero.
        case replay
        /// Compares state tables entry by entry.
        case comparison
        /// Executes blocks again.
        case reexecution
        /// Looks for the grants of privileged events.
        case privileges
        /// Flips bits.
        case flips
    }

    /// What it is doing.
    public let stage: Stage
    /// How much of it is done: pages, blocks, events, entries or flips.
    public let completed: UInt64
    /// How much there is; 0 when nobody knows.
    public let total: UInt64

    /// Describes progress.
    public init(_ stage: Stage, completed: UInt64, total: UInt64) {
        self.stage = stage
        self.completed = completed
        self.total = total
    }

    /// What wants to know. Called on the thread of the audit, some times a second at most on long logs.
    public typealias Handler = (AuditProgress) -> Void
}
