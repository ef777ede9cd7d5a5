public import ModuleKit

extension ModuleError.Code {
    private static func externalStaking(_ number: UInt32) -> Self { Self("external-staking", number) }

    /// A slash ratio is above one, or a setting contradicts another.
    public static let invalidExternalStakingSetting = externalStaking(1)
    /// A setting can't change any more: the pairing has had a channel.
    public static let settingFixed = externalStaking(2)
    /// The settings name no vault, or none that is deployed.
    public static let unknownVault = externalStaking(3)
    /// A handshake has to begin at the converter.
    public static let wrongHandshakeSide = externalStaking(4)
    /// A channel is offered by another end than the one that the settings name.
    public static let unauthorizedEndpoint = externalStaking(5)
    /// A channel keeps the order of its packets.
    public static let orderedControlChannel = externalStaking(6)
    /// The pairing has had its channel; there is one for good.
    public static let alreadyPaired = externalStaking(7)
    /// The pairing has no channel yet.
    public static let noControlChannel = externalStaking(8)
    /// The pairing's channel is closed: all stake unbonds.
    public static let pairingClosed = externalStaking(9)
    /// A packet belongs to another channel than the pairing's.
    public static let strangeChannel = externalStaking(10)
    /// A validator is not one of the consumer's active ones.
    public static let validatorNotActive = externalStaking(11)
    /// The present key of a validator does not count, so that nobody could be held liable for it.
    public static let validatorKeyNotCounted = externalStaking(12)
    /// An amount is zero.
    public static let zeroExternalStake = externalStaking(13)
    /// A stake is below the minimum.
    public static let externalStakeBelowMinimum = externalStaking(14)
    /// Coins are of another denomination than the vault's.
    public static let wrongStakeDenomination = externalStaking(15)
    /// More is to be unstaked than is staked for certain.
    public static let insufficientExternalStake = externalStaking(16)
    /// Too much of one user on one validator is in flight.
    public static let tooMuchInFlight = externalStaking(17)
    /// Too many stakes of one user on one validator within an unbonding period.
    public static let tooManyStakes = externalStaking(18)
    /// One user has stake on as many validators as are allowed.
    public static let tooManyStakedValidators = externalStaking(19)
    /// The consumer does not know yet what was burned of a stake.
    public static let burnOutstanding = externalStaking(20)
    /// A lien is for stake on this chain.
    public static let wrongLienPurpose = externalStaking(21)
    /// Somebody else than the chain's authority wants to close the channel, and the client has not expired.
    public static let closingRefused = externalStaking(22)
    /// A packet is of a kind that this build does not take.
    public static let unsupportedPacket = externalStaking(23)
    /// An acknowledgement or a timeout of a packet that nobody waits for.
    public static let unknownTransaction = externalStaking(24)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentExternalStakingEvent = externalStaking(25)
    /// The consumer names more validators than are ever known here.
    public static let tooManyConsumerValidators = externalStaking(26)
    /// The consumer names more keys for one validator than are kept.
    public static let tooManyKeys = externalStaking(27)
    /// The settings do not say how rewards come.
    public static let rewardsNotTaken = externalStaking(28)
    /// Rewards are of another denomination than the pairing's.
    public static let wrongRewardsDenomination = externalStaking(29)
    /// A batch of rewards holds nothing, or nothing for one of its validators.
    public static let zeroRewards = externalStaking(30)
    /// Rewards are for a validator that the consumer has never named.
    public static let unknownRewardedValidator = externalStaking(31)
    /// All rewards together would exceed the largest amount.
    public static let tooManyRewards = externalStaking(32)
    /// A batch says whose vouchers are, and the converter has sent fewer.
    public static let rewardsNotCovered = externalStaking(33)
    /// Tokens come from somebody else than the pairing's converter, over another channel, or of another denomination.
    public static let strangeVouchers = externalStaking(34)
    /// The memo of a transfer says something else than whose the rewards are.
    public static let malformedRewardsMemo = externalStaking(35)
    /// There is nothing to claim now.
    public static let noRewardsDue = externalStaking(36)
    /// An account takes no rewards: it takes no coins from others.
    public static let blockedRewardsRecipient = externalStaking(38)
    /// There are no vouchers that nobody can claim.
    public static let noSurplus = externalStaking(37)
    /// What became of a payment in flight can still be proven, or it is none.
    public static let settlementRefused = externalStaking(39)
    /// Evidence comes from an instance that does not run the evidence module.
    public static let untrustedEvidence = externalStaking(48)
    /// Evidence is about another chain than the pairing's, or was proven by another client.
    public static let evidenceOfAnotherChain = externalStaking(49)
    /// The key of evidence does not count for slashing: it is unknown, or no counted key has signed for it.
    public static let evidenceKeyNotCounted = externalStaking(50)
    /// Evidence is older than the unbonding period, or than the pairing.
    public static let infractionTooOld = externalStaking(51)
    /// Evidence of this validator and height was taken already.
    public static let infractionKnown = externalStaking(52)
    /// As many infractions of one validator are being settled as are kept, or stake in flight may still owe for them.
    public static let tooManyInfractions = externalStaking(53)
    /// A validator was proven guilty: it takes no stake, and all that it has unbonds.
    public static let validatorTombstoned = externalStaking(54)
    /// The client of the other chain is frozen: nothing new is staked or unstaked.
    public static let pairingFrozen = externalStaking(55)
}
