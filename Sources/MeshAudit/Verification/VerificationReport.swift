public import Storage

/// What ``Verification`` found, and how much there was to look at.
public struct VerificationReport: Sendable {
    /// What is wrong, at most a hundred of them. Empty for a sound log.
    public internal(set) var findings: [Finding] = []
    /// How many more findings there were.
    public internal(set) var omittedFindingCount: UInt64 = 0
    /// The last sound header.
    public internal(set) var header: BlockHeader?
    /// How many sound blocks there are.
    public internal(set) var blockCount: UInt64 = 0
    /// How many records were read.
    public internal(set) var eventCount: UInt64 = 0
    /// How many transactions were compared with their records and receipts.
    public internal(set) var transactionCount: UInt64 = 0
    /// How many blocks have the signatures of their validators.
    public internal(set) var signedBlockCount: UInt64 = 0
    /// Whether everything could be read. If not, there may be more wrong than was found.
    public internal(set) var isComplete = true

    /// Whether nothing is wrong.
    public var isSound: Bool { findings.isEmpty && isComplete }
}
