/// A validator's prevote or precommit for a block, or for nil.
///
/// Well formed (CometBFT 0.38, `Vote.ValidateBasic`): type prevote or precommit, a positive height, a round and an index of
/// 0 or more, a block id that is nil or complete, and only precommits for a block carry an extension. A vote is made
/// unsigned; what is read from bytes or JSON is signed.
public struct Vote: Hashable, Sendable {
    /// What an application adds to a precommit (ABCI 2.0, vote extensions).
    public struct Extension: Hashable, Sendable {
        /// The application's bytes; may be empty.
        public let bytes: [UInt8]
        /// The signature over them: 1 to 64 bytes.
        public let signature: [UInt8]

        /// Makes an extension.
        ///
        /// - Throws: `wrongLength` when the signature does not have 1 to 64 bytes.
        public init(bytes: [UInt8], signature: [UInt8]) throws(CometBFTError) {
            try Signature.check(signature)
            self.bytes = bytes
            self.signature = signature
        }
    }

    /// Prevote or precommit.
    public let type: SignedMessageType
    /// The height: 1 or more.
    public let height: Int64
    /// The round: 0 or more.
    public let round: Int32
    /// The block, or nil.
    public let blockID: BlockID
    /// When the validator voted, by its own clock.
    public let timestamp: BlockTime
    /// Who votes.
    public let validatorAddress: ValidatorAddress
    /// The validator's position in the set; not signed.
    public let validatorIndex: Int32
    /// The signature: empty while the vote is not signed, else 1 to 64 bytes.
    public let signature: [UInt8]
    /// The extension of a precommit; not covered by the signature, it has its own.
    public let `extension`: Extension?

    /// Makes a vote, signed or not.
    ///
    /// - Throws: `outOfRange`, `wrongLength` or `inconsistent`, see the type.
    public init(
        type: SignedMessageType,
        height: Int64,
        round: Int32,
        blockID: BlockID,
        timestamp: BlockTime,
        validatorAddress: ValidatorAddress,
        validatorIndex: Int32,
        signature: [UInt8] = [],
        extension: Extension? = nil
    ) throws(CometBFTError) {
        guard type != .proposal else {
            throw CometBFTError(.outOfRange, "a vote is a prevote or a precommit, not a proposal")
        }
        try Height.check(height)
        try Round.check(round)
        try blockID.checkNilOrComplete()
        guard validatorIndex >= 0 else {
            throw CometBFTError(.outOfRange, "a validator's index is 0 or more, not \(validatorIndex)")
        }
        if !signature.isEmpty { try Signature.check(signature) }
        guard `extension` == nil || (type == .precommit && !blockID.isNil) else {
            throw CometBFTError(.inconsistent, "only a precommit for a block may carry an extension")
        }
        self.type = type
        self.height = height
        self.round = round
        self.blockID = blockID
        self.timestamp = timestamp
        self.validatorAddress = validatorAddress
        self.validatorIndex = validatorIndex
        self.signature = signature
        self.extension = `extension`
    }

    /// The vote behind an entry of a commit. The commit's own checks are those of a vote.
    init(precommit: CommitSignature.Signed, height: Int64, round: Int32, blockID: BlockID, index: Int32) {
        type = .precommit
        self.height = height
        self.round = round
        self.blockID = blockID
        timestamp = precommit.timestamp
        validatorAddress = precommit.address
        validatorIndex = index
        signature = precommit.signature
        self.extension = nil
    }

    /// Whether there is a signature. Says nothing about whether it holds.
    public var isSigned: Bool {
        !signature.isEmpty
    }

    /// The same vote with a signature.
    ///
    /// - Throws: `wrongLength` when the signature does not have 1 to 64 bytes.
    public func signed(with signature: [UInt8]) throws(CometBFTError) -> Vote {
        try Signature.check(signature)
        return try Vote(
            type: type,
            height: height,
            round: round,
            blockID: blockID,
            timestamp: timestamp,
            validatorAddress: validatorAddress,
            validatorIndex: validatorIndex,
            signature: signature,
            extension: `extension`
        )
    }

    /// The bytes which the signature covers: the length-prefixed canonical vote.
    public func signBytes(chainID: String) -> [UInt8] {
        CanonicalVote.signBytes(
            type: type.rawValue,
            height: height,
            round: round,
            blockID: blockID,
            timestamp: timestamp,
            chainID: chainID
        )
    }
}
