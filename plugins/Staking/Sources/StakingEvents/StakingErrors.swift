public import ModuleKit

/// The codespace `staking`; numbers below 100 are those of the Cosmos SDK's module.
extension ModuleError.Code {
    private static func staking(_ number: UInt32) -> Self { Self("staking", number) }

    /// There is no such validator.
    public static let validatorNotFound = staking(3)
    /// The account has a validator already.
    public static let validatorExists = staking(4)
    /// The consensus key belongs to a validator already.
    public static let consensusKeyExists = staking(5)
    /// The consensus key is not an Ed25519 key.
    public static let consensusKeyUnsupported = staking(6)
    /// The validator is jailed.
    public static let validatorJailed = staking(7)
    /// A commission rate is above 1.
    public static let commissionAboveOne = staking(10)
    /// The commission is above the validator's own maximum.
    public static let commissionAboveMaximum = staking(11)
    /// The commission was changed less than 24 hours ago.
    public static let commissionChangedRecently = staking(12)
    /// The largest change is above the maximum rate.
    public static let commissionMaxChangeAboveMaximum = staking(14)
    /// The change is above the validator's own largest change.
    public static let commissionChangeTooLarge = staking(15)
    /// The operator's own delegation would be below its minimum.
    public static let selfDelegationBelowMinimum = staking(16)
    /// The minimum of the operator's own delegation can only rise.
    public static let minSelfDelegationDecreased = staking(17)
    /// There is no such delegation.
    public static let delegationNotFound = staking(19)
    /// The delegation is worth less than what is to be moved.
    public static let delegationTooSmall = staking(22)
    /// There are no such unbonding coins.
    public static let unbondingNotFound = staking(26)
    /// Too much is unbonding apart, for this delegator and validator.
    public static let tooManyUnbondingEntries = staking(27)
    /// Source and destination are one validator.
    public static let selfRedelegation = staking(29)
    /// Too little is to be moved to be worth a unit.
    public static let amountTooSmall = staking(30)
    /// There is no validator to move to.
    public static let redelegationDestinationNotFound = staking(31)
    /// The coins came by a redelegation that is still open.
    public static let transitiveRedelegation = staking(32)
    /// Too much is redelegated apart, for this delegator and pair of validators.
    public static let tooManyRedelegationEntries = staking(33)
    /// The validator's shares are worth nothing any more.
    public static let sharesWorthless = staking(34)
    /// The powers of that height are not kept.
    public static let historyNotKept = staking(38)
    /// The commission is below the chain's minimum.
    public static let commissionBelowMinimum = staking(40)

    /// The amount is zero, or of another denomination than the bond denomination.
    public static let notBondCoin = staking(100)
    /// A text of a description is too long.
    public static let descriptionTooLong = staking(101)
    /// A parameter has a value that is not allowed.
    public static let parameterNotAllowed = staking(102)
    /// The instance has no configuration yet.
    public static let notConfigured = staking(103)
    /// The validator is not jailed.
    public static let validatorNotJailed = staking(104)
    /// The validator is tombstoned.
    public static let validatorTombstoned = staking(105)
    /// The validator's time in jail is not over.
    public static let jailTimeNotOver = staking(106)
    /// A slash of the validator is not complete.
    public static let slashInProgress = staking(107)
    /// The instance may not punish validators, or move another's stake.
    public static let instanceNotAllowed = staking(108)
    /// A punishment has values that are not allowed.
    public static let punishmentNotAllowed = staking(109)
    /// A recorded event does not fit the state.
    public static let eventDoesNotFit = staking(110)
    /// The parts of a genesis document contradict each other.
    public static let genesisContradiction = staking(111)
    /// There is no such sub-account.
    public static let subAccountNotFound = staking(112)
}
