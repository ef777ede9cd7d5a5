public import ModuleKit

extension ModuleError.Code {
    private static func rewards(_ number: UInt32) -> Self { Self("rewards", number) }

    /// The account has no delegation to this validator, and nothing is owed from one that ended.
    public static let noRewardPosition = rewards(1)
    /// Less than one unit is due.
    public static let nothingToWithdraw = rewards(2)
    /// There is no such validator.
    public static let unknownRewardValidator = rewards(3)
    /// The chain does not let rewards be paid to another account.
    public static let withdrawAddressDisabled = rewards(4)
    /// An account takes no coins from others.
    public static let blockedRewardRecipient = rewards(5)
    /// The community pool holds less than what is to be spent.
    public static let communityPoolTooSmall = rewards(6)
    /// Only the instance's admin may do this.
    public static let notRewardsAdmin = rewards(7)
    /// A parameter has a value that is not allowed.
    public static let rewardParameterNotAllowed = rewards(8)
    /// The instance has no configuration yet, or the staking instance that it names is not there.
    public static let rewardsNotReady = rewards(9)
    /// The chain has stake already, and what it has earned is not known.
    public static let stakeBeforeRewards = rewards(10)
    /// A recorded event does not fit the state.
    public static let rewardEventDoesNotFit = rewards(11)
    /// The parts of a genesis document contradict each other.
    public static let rewardGenesisContradiction = rewards(12)
}
