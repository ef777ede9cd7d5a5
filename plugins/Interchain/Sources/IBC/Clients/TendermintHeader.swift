public import CometBFT

/// A block with what to verify it from: the message that updates a client (ICS-07, `Header`).
public struct TendermintHeader: Hashable, Sendable {
    /// The block.
    public let block: LightBlock
    /// Its height, by its chain's id.
    public let height: Height
    /// A height that the client trusts, below the block's and of the same revision.
    public let trustedHeight: Height
    /// The validators of the height after the trusted one. The client knows their hash only.
    public let trustedValidators: ValidatorSet

    /// Puts the parts together. What the client trusts it compares itself.
    ///
    /// - Throws: `inconsistent` when the trusted height is zero, of another revision, or not below the block's.
    public init(block: LightBlock, trustedHeight: Height, trustedValidators: ValidatorSet) throws(IBCError) {
        let height = try Height(ofBlock: block.height, chainID: block.signedHeader.header.chainID)
        guard trustedHeight.height > 0, trustedHeight.revision == height.revision, trustedHeight < height else {
            throw IBCError(
                .inconsistent,
                "a header of height \(height) can't be verified from height \(trustedHeight); name a lower one of the "
                    + "same revision"
            )
        }
        self.block = block
        self.height = height
        self.trustedHeight = trustedHeight
        self.trustedValidators = trustedValidators
    }

    /// What a client keeps of the header once it is verified.
    ///
    /// - Throws: `outOfRange` for an app hash of no or more than 64 bytes.
    public func consensusState() throws(IBCError) -> TendermintConsensusState {
        try TendermintConsensusState(block.signedHeader.header)
    }
}
