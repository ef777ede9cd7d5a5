/// The header of a block. Its hash is what the validators sign.
///
/// Well formed in the sense of the engine's basic checks (CometBFT 0.38, `types/block.go`): the chain id has 1 to 50
/// bytes, the height is positive, hashes have 32 bytes. The block protocol is not checked, because the hash covers it.
public struct Header: Hashable, Sendable {
    /// The protocol versions.
    public let version: Version
    /// The chain: 1 to 50 bytes of UTF-8.
    public let chainID: String
    /// The height: 1 or more.
    public let height: Int64
    /// The block's time: from height 2 on, the median of the times in the last commit.
    public let time: BlockTime
    /// The block before; nil at the first height.
    public let lastBlockID: BlockID
    /// The hash of the commit of the block before.
    public let lastCommitHash: Hash32?
    /// The hash of this block's transactions.
    public let dataHash: Hash32?
    /// The hash of the validators of this height.
    public let validatorsHash: Hash32
    /// The hash of the validators of the next height.
    public let nextValidatorsHash: Hash32
    /// The hash of the consensus parameters.
    public let consensusHash: Hash32
    /// The state after the block before, as the application names it. Any length.
    public let appHash: [UInt8]
    /// The hash of the results of the block before.
    public let lastResultsHash: Hash32?
    /// The hash of this block's evidence.
    public let evidenceHash: Hash32?
    /// Who proposed the block.
    public let proposerAddress: ValidatorAddress

    /// Makes a header.
    ///
    /// - Throws: `outOfRange` for a chain id or a height outside of the bounds above.
    public init(
        version: Version,
        chainID: String,
        height: Int64,
        time: BlockTime,
        lastBlockID: BlockID,
        lastCommitHash: Hash32?,
        dataHash: Hash32?,
        validatorsHash: Hash32,
        nextValidatorsHash: Hash32,
        consensusHash: Hash32,
        appHash: [UInt8],
        lastResultsHash: Hash32?,
        evidenceHash: Hash32?,
        proposerAddress: ValidatorAddress
    ) throws(CometBFTError) {
        try ChainID.check(chainID)
        try Height.check(height)
        self.version = version
        self.chainID = chainID
        self.height = height
        self.time = time
        self.lastBlockID = lastBlockID
        self.lastCommitHash = lastCommitHash
        self.dataHash = dataHash
        self.validatorsHash = validatorsHash
        self.nextValidatorsHash = nextValidatorsHash
        self.consensusHash = consensusHash
        self.appHash = appHash
        self.lastResultsHash = lastResultsHash
        self.evidenceHash = evidenceHash
        self.proposerAddress = proposerAddress
    }
}
