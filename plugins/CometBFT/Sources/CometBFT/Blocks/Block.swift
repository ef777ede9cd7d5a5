/// A whole block: the header and everything that it covers.
///
/// Well formed (CometBFT 0.38, `Block.ValidateBasic`): the header's hashes are those of the last commit, the transactions
/// and the evidence.
public struct Block: Hashable, Sendable {
    /// The most bytes that the engine lets a block have (`MaxBlockSizeBytes`).
    public static let maximumByteCount = 100 * 1024 * 1024

    /// The header.
    public let header: Header
    /// The transactions, which are the application's own bytes.
    public let transactions: [[UInt8]]
    /// The misbehaviour that this block reports.
    public let evidence: [Evidence]
    /// The commit of the block before; nil at the first height.
    public let lastCommit: Commit?

    /// Puts the parts together. Costs their hashes.
    ///
    /// - Throws: `inconsistent` when a hash in the header is not that of the part; `tooLarge`.
    public init(
        header: Header,
        transactions: [[UInt8]],
        evidence: [Evidence],
        lastCommit: Commit?
    ) throws(CometBFTError) {
        let size = transactions.reduce(0) { sum, transaction in sum + transaction.count }
        guard size <= Self.maximumByteCount else {
            throw CometBFTError(.tooLarge, "a block has at most \(Self.maximumByteCount) bytes, not \(size)")
        }
        try Self.check(
            header.lastCommitHash,
            isHash: lastCommit?.hash ?? .ofNothing,
            of: "last_commit_hash"
        )
        try Self.check(header.dataHash, isHash: Self.dataHash(of: transactions), of: "data_hash")
        try Self.check(header.evidenceHash, isHash: evidence.hash, of: "evidence_hash")
        self.header = header
        self.transactions = transactions
        self.evidence = evidence
        self.lastCommit = lastCommit
    }

    /// The header's hash, which names the block.
    public var hash: Hash32 { header.hash }

    private static func check(
        _ named: Hash32?,
        isHash actual: Hash32,
        of field: String
    ) throws(CometBFTError) {
        guard named == actual else {
            throw CometBFTError(
                .inconsistent,
                "the header's \(field) is \(named?.description ?? "empty"), and the block's part hashes to \(actual)"
            )
        }
    }
}
