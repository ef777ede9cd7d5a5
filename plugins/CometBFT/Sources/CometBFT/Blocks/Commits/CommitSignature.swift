/// What one validator contributed to a commit.
public enum CommitSignature: Hashable, Sendable {
    /// No vote of the validator was received.
    case absent
    /// The validator voted for the block.
    case commit(Signed)
    /// The validator voted for nil.
    case `nil`(Signed)

    /// A vote's unshared part: who signed when.
    public struct Signed: Hashable, Sendable {
        /// Who signed.
        public let address: ValidatorAddress
        /// When.
        public let timestamp: BlockTime
        /// The signature over the canonical vote: 1 to 64 bytes; an Ed25519 signature has 64.
        public let signature: [UInt8]

        /// Makes the part.
        ///
        /// - Throws: `wrongLength` when the signature does not have 1 to 64 bytes.
        public init(
            address: ValidatorAddress,
            timestamp: BlockTime,
            signature: [UInt8]
        ) throws(CometBFTError) {
            try Signature.check(signature)
            self.address = address
            self.timestamp = timestamp
            self.signature = signature
        }
    }

    /// Which of the three it is, in the engine's numbers.
    public enum Flag: Int, Hashable, Sendable {
        /// No vote.
        case absent = 1
        /// A vote for the block.
        case commit = 2
        /// A vote for nil.
        case `nil` = 3
    }

    /// Which of the three it is.
    public var flag: Flag {
        switch self {
        case .absent: .absent
        case .commit: .commit
        case .nil: .nil
        }
    }

    /// Who signed when; nil if nobody did.
    public var signed: Signed? {
        switch self {
        case .absent: nil
        case .commit(let signed), .nil(let signed): signed
        }
    }
}
