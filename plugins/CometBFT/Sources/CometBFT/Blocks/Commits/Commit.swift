/// The signatures that make a block final: one entry for each validator, in the order of the validator set.
///
/// Well formed (CometBFT 0.38, `Commit.ValidateBasic`): a positive height, a round of 0 or more, a complete block id, and
/// 1 to 10 000 entries. Whether the signatures hold is checked elsewhere.
public struct Commit: Hashable, Sendable {
    /// The height of the block.
    public let height: Int64
    /// The round in which the precommits were cast.
    public let round: Int32
    /// The block.
    public let blockID: BlockID
    /// One entry for each validator.
    public let signatures: [CommitSignature]

    /// Makes a commit.
    ///
    /// - Throws: `outOfRange` or `inconsistent`, see the type.
    public init(
        height: Int64,
        round: Int32,
        blockID: BlockID,
        signatures: [CommitSignature]
    ) throws(CometBFTError) {
        try Height.check(height)
        try Round.check(round)
        try blockID.checkComplete()
        guard (1...ValidatorSet.maximumCount).contains(signatures.count) else {
            throw CometBFTError(
                .outOfRange,
                "a commit has 1 to \(ValidatorSet.maximumCount) entries, not \(signatures.count)"
            )
        }
        self.height = height
        self.round = round
        self.blockID = blockID
        self.signatures = signatures
    }

    /// The precommit of which an entry was made, or nil where the entry is absent or there is no such entry.
    public func vote(at index: Int) -> Vote? {
        guard signatures.indices.contains(index), let signed = signatures[index].signed else { return nil }
        return Vote(
            precommit: signed,
            height: height,
            round: round,
            blockID: voted(by: signatures[index]),
            index: Int32(index)
        )
    }

    /// The bytes which an entry's signature covers, or nil where the entry is absent or there is no such entry.
    public func signBytes(at index: Int, chainID: String) -> [UInt8]? {
        guard signatures.indices.contains(index), let signed = signatures[index].signed else { return nil }
        return CanonicalVote.signBytes(
            type: SignedMessageType.precommit.rawValue,
            height: height,
            round: round,
            blockID: voted(by: signatures[index]),
            timestamp: signed.timestamp,
            chainID: chainID
        )
    }

    private func voted(by signature: CommitSignature) -> BlockID {
        signature.flag == .commit ? blockID : .nil
    }
}
