/// A signed block which contradicts the chain, with the last height on which both agree.
///
/// Well formed (CometBFT 0.38, `LightClientAttackEvidence.ValidateBasic`): a positive common height that is not above the
/// block's, and a positive total power. That it is an attack, and whose, is checked elsewhere.
public struct LightClientAttackEvidence: Hashable, Sendable {
    /// The block that was shown to the light client.
    public let conflictingBlock: LightBlock
    /// The last height on which the block's chain and ours agree.
    public let commonHeight: Int64
    /// Those who misbehaved, as the reporter says, in the order of a set.
    public let byzantineValidators: [Validator]
    /// The total power of the set at the common height.
    public let totalVotingPower: Int64
    /// The time of the block at the common height.
    public let timestamp: BlockTime

    /// Makes the evidence.
    ///
    /// - Throws: `outOfRange` or `inconsistent`, see the type.
    public init(
        conflictingBlock: LightBlock,
        commonHeight: Int64,
        byzantineValidators: [Validator],
        totalVotingPower: Int64,
        timestamp: BlockTime
    ) throws(CometBFTError) {
        try Height.check(commonHeight)
        guard commonHeight <= conflictingBlock.height else {
            throw CometBFTError(
                .inconsistent,
                "the common height \(commonHeight) is above the conflicting block's, \(conflictingBlock.height)"
            )
        }
        guard totalVotingPower > 0 else {
            throw CometBFTError(.outOfRange, "the total voting power is 1 or more, not \(totalVotingPower)")
        }
        guard byzantineValidators.count <= ValidatorSet.maximumCount else {
            throw CometBFTError(.outOfRange, "there are at most \(ValidatorSet.maximumCount) byzantine validators")
        }
        self.conflictingBlock = conflictingBlock
        self.commonHeight = commonHeight
        self.byzantineValidators = byzantineValidators
        self.totalVotingPower = totalVotingPower
        self.timestamp = timestamp
    }

    /// The SHA-256 of 31 bytes of the block's hash, a zero byte, and the common height as a zigzag varint.
    ///
    /// The engine drops the hash's last byte by an off-by-one that is now part of the format. Powers, signatures and
    /// validators are left out on purpose: other selections of the same attack have the same hash.
    public var hash: Hash32 {
        var message = Array(conflictingBlock.signedHeader.hash.bytes.dropLast())
        message.append(0)
        var rest = UInt64(bitPattern: (commonHeight << 1) ^ (commonHeight >> 63))
        while rest >= 0x80 {
            message.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        message.append(UInt8(truncatingIfNeeded: rest))
        return Hash32(hashing: message)
    }
}
