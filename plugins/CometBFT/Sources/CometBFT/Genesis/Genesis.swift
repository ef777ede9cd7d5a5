/// The genesis of a chain, as the engine reads it.
public struct Genesis: Hashable, Sendable {
    /// When the chain starts.
    public let time: BlockTime
    /// The chain: 1 to 50 bytes.
    public let chainID: String
    /// The height of the first block: 1 or more.
    public let initialHeight: Int64
    /// The consensus parameters; nil where the file leaves them to the engine's defaults.
    public let consensusParameters: ConsensusParameters?
    /// The first validators; nil where the application names them when it starts.
    public let validators: ValidatorSet?
    /// The state before the first block, as the application names it.
    public let appHash: [UInt8]
    /// What the file says to the application.
    public let appState: JSONValue?

    /// Makes a genesis.
    ///
    /// - Throws: `outOfRange` for a chain id or a height outside of the bounds above.
    public init(
        time: BlockTime,
        chainID: String,
        initialHeight: Int64 = 1,
        consensusParameters: ConsensusParameters?,
        validators: ValidatorSet?,
        appHash: [UInt8] = [],
        appState: JSONValue? = nil
    ) throws(CometBFTError) {
        try ChainID.check(chainID)
        try Height.check(initialHeight)
        self.time = time
        self.chainID = chainID
        self.initialHeight = initialHeight
        self.consensusParameters = consensusParameters
        self.validators = validators
        self.appHash = appHash
        self.appState = appState
    }
}
