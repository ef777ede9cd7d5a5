import CometBFTProtobuf

/// The consensus parameters of a chain.
///
/// Checked as CometBFT 0.38 does in `ConsensusParams.ValidateBasic`.
public struct ConsensusParameters: Hashable, Sendable {
    /// The most bytes of a block; -1 for the engine's own limit.
    public let maximumBlockByteCount: Int64
    /// The most gas of a block; -1 for no limit.
    public let maximumBlockGas: Int64
    /// How many blocks evidence stays valid.
    public let maximumEvidenceAgeBlocks: Int64
    /// How long evidence stays valid, in nanoseconds. It expires when both ages are exceeded.
    public let maximumEvidenceAgeNanoseconds: Int64
    /// The most bytes of evidence in a block.
    public let maximumEvidenceByteCount: Int64
    /// The kinds of key that validators may have, by ABCI's names.
    public let keyTypes: [String]
    /// The version that the application gives itself.
    public let appVersion: UInt64
    /// From which height on precommits carry extensions; 0 for never.
    public let voteExtensionsEnableHeight: Int64

    /// Makes parameters.
    ///
    /// - Throws: `outOfRange` for a number outside of its bounds, `missing` when no kind of key is allowed.
    public init(
        maximumBlockByteCount: Int64,
        maximumBlockGas: Int64,
        maximumEvidenceAgeBlocks: Int64,
        maximumEvidenceAgeNanoseconds: Int64,
        maximumEvidenceByteCount: Int64,
        keyTypes: [String],
        appVersion: UInt64,
        voteExtensionsEnableHeight: Int64
    ) throws(CometBFTError) {
        let limit = Int64(Block.maximumByteCount)
        try Self.check(
            maximumBlockByteCount == -1 || (1...limit).contains(maximumBlockByteCount),
            "block.max_bytes is -1, or 1 to \(limit)"
        )
        try Self.check(maximumBlockGas >= -1, "block.max_gas is -1 or more")
        try Self.check(maximumEvidenceAgeBlocks > 0, "evidence.max_age_num_blocks is 1 or more")
        try Self.check(maximumEvidenceAgeNanoseconds > 0, "evidence.max_age_duration is 1 ns or more")
        let evidenceLimit = maximumBlockByteCount == -1 ? limit : maximumBlockByteCount
        try Self.check(
            (0...evidenceLimit).contains(maximumEvidenceByteCount),
            "evidence.max_bytes is 0 to the most bytes of a block"
        )
        try Self.check(voteExtensionsEnableHeight >= 0, "abci.vote_extensions_enable_height is 0 or more")
        guard !keyTypes.isEmpty else {
            throw CometBFTError(.missing, "validator.pub_key_types is empty; name 'ed25519'")
        }
        self.maximumBlockByteCount = maximumBlockByteCount
        self.maximumBlockGas = maximumBlockGas
        self.maximumEvidenceAgeBlocks = maximumEvidenceAgeBlocks
        self.maximumEvidenceAgeNanoseconds = maximumEvidenceAgeNanoseconds
        self.maximumEvidenceByteCount = maximumEvidenceByteCount
        self.keyTypes = keyTypes
        self.appVersion = appVersion
        self.voteExtensionsEnableHeight = voteExtensionsEnableHeight
    }

    /// The `consensus_hash` of a header: the SHA-256 over the limits of a block. The rest is not covered.
    public var hash: Hash32 {
        var message = Tendermint_Types_HashedParams()
        message.blockMaxBytes = maximumBlockByteCount
        message.blockMaxGas = maximumBlockGas
        return Hash32(hashing: message.encodedBytes)
    }

    private static func check(_ condition: Bool, _ rule: String) throws(CometBFTError) {
        guard condition else { throw CometBFTError(.outOfRange, rule) }
    }
}
