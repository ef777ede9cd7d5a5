/// A proposal for the block of a round.
///
/// Well formed (CometBFT 0.38, `Proposal.ValidateBasic`): a positive height, a round of 0 or more, a proof-of-lock round from
/// -1 up to and below the round, a complete block id. A proposal is made unsigned; what is read from bytes is signed.
public struct Proposal: Hashable, Sendable {
    /// The height: 1 or more.
    public let height: Int64
    /// The round: 0 or more.
    public let round: Int32
    /// The earlier round in which the block was locked, or -1.
    public let proofOfLockRound: Int32
    /// The block.
    public let blockID: BlockID
    /// When the proposal was made.
    public let timestamp: BlockTime
    /// The signature: empty while the proposal is not signed, else 1 to 64 bytes.
    public let signature: [UInt8]

    /// Makes a proposal, signed or not.
    ///
    /// - Throws: `outOfRange`, `wrongLength` or `inconsistent`, see the type.
    public init(
        height: Int64,
        round: Int32,
        proofOfLockRound: Int32 = -1,
        blockID: BlockID,
        timestamp: BlockTime,
        signature: [UInt8] = []
    ) throws(CometBFTError) {
        try Height.check(height)
        try Round.check(round)
        guard proofOfLockRound >= -1, proofOfLockRound < round else {
            throw CometBFTError(
                .outOfRange,
                "a proof-of-lock round is -1 or an earlier round than \(round), not \(proofOfLockRound)"
            )
        }
        try blockID.checkComplete()
        if !signature.isEmpty { try Signature.check(signature) }
        self.height = height
        self.round = round
        self.proofOfLockRound = proofOfLockRound
        self.blockID = blockID
        self.timestamp = timestamp
        self.signature = signature
    }

    /// Whether there is a signature. Says nothing about whether it holds.
    public var isSigned: Bool {
        !signature.isEmpty
    }

    /// The same proposal with a signature.
    ///
    /// - Throws: `wrongLength` when the signature does not have 1 to 64 bytes.
    public func signed(with signature: [UInt8]) throws(CometBFTError) -> Proposal {
        try Signature.check(signature)
        return try Proposal(
            height: height,
            round: round,
            proofOfLockRound: proofOfLockRound,
            blockID: blockID,
            timestamp: timestamp,
            signature: signature
        )
    }

    /// The bytes which the signature covers: the length-prefixed canonical proposal.
    public func signBytes(chainID: String) -> [UInt8] {
        CanonicalProposal.signBytes(of: self, chainID: chainID)
    }
}
