public import CometBFT

/// A block together with what it is to be verified from: the message by which a relayer updates a client.
///
/// The `Header` message of ICS-07.
public struct ClientUpdate: Hashable, Sendable {
    /// The block.
    public let block: LightBlock
    /// A height that the client trusts, below the block's.
    public let trustedHeight: Int64
    /// The validators of the trusted height or of the next one. The client knows their hash only.
    public let trustedValidators: ValidatorSet

    /// Puts the three together. Nothing is checked before a client does it.
    public init(block: LightBlock, trustedHeight: Int64, trustedValidators: ValidatorSet) {
        self.block = block
        self.trustedHeight = trustedHeight
        self.trustedValidators = trustedValidators
    }
}

/// What came of an update.
public enum UpdateOutcome: Hashable, Sendable {
    /// The block is trusted now.
    case accepted
    /// The block was trusted already, or there is none that is newer.
    case unchanged
    /// The block is valid and contradicts a trusted header: the client is frozen now.
    case frozen(Misbehaviour)
}
