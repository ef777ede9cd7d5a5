public import CometBFT

/// What a client keeps of a verified header (ICS-07): enough to check proofs, and to verify later headers.
public struct TendermintConsensusState: Hashable, Sendable {
    /// The longest root, in bytes. CometBFT does not bound app hashes, but 32 bytes are usual.
    public static let maximumRootByteCount = 64

    /// The header's time.
    public let time: BlockTime
    /// The root of the chain's stores after the block before: the header's app hash.
    public let root: [UInt8]
    /// The hash of the validators of the next height.
    public let nextValidatorsHash: Hash32

    /// Makes a consensus state.
    ///
    /// - Throws: `outOfRange` for a root of no or more than 64 bytes.
    public init(time: BlockTime, root: [UInt8], nextValidatorsHash: Hash32) throws(IBCError) {
        guard (1...Self.maximumRootByteCount).contains(root.count) else {
            throw IBCError(
                .outOfRange,
                "the root of a consensus state has 1 to \(Self.maximumRootByteCount) bytes, not \(root.count); only "
                    + "headers whose app hash proves something can be taken"
            )
        }
        self.time = time
        self.root = root
        self.nextValidatorsHash = nextValidatorsHash
    }

    /// Keeps what is needed of a header.
    ///
    /// - Throws: `outOfRange` for an app hash of no or more than 64 bytes.
    public init(_ header: Header) throws(IBCError) {
        try self.init(time: header.time, root: header.appHash, nextValidatorsHash: header.nextValidatorsHash)
    }
}
