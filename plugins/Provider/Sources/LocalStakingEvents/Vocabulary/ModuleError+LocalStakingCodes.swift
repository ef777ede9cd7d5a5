public import ModuleKit

extension ModuleError.Code {
    private static func localStaking(_ number: UInt32) -> Self { Self("local-staking", number) }

    /// A lien is asked for by another vault than the settings name, or for the stake of another chain.
    public static let vaultNotNamed = localStaking(1)
    /// The vault is for good once it has asked for a lien.
    public static let vaultBound = localStaking(2)
    /// Coins are of another denomination than what is staked here, or there are none.
    public static let wrongStake = localStaking(3)
    /// More is to leave a validator than the user has staked with it.
    public static let stakeTooSmall = localStaking(4)
    /// The user has stake with as many validators as are allowed.
    public static let tooManyValidators = localStaking(5)
    /// As much as is allowed is unbonding apart, for this user and validator.
    public static let tooManyUnbondings = localStaking(6)
    /// This chain has no native staking, or it did not carry an order out.
    public static let noNativeStaking = localStaking(7)
    /// A slash ratio is above one.
    public static let slashRatioAboveOne = localStaking(8)
    /// An event contradicts the state: a damaged log, or a defect.
    public static let inconsistentLocalStakingEvent = localStaking(9)
    /// This chain has no governance, so there is nothing to vote on.
    public static let noGovernance = localStaking(10)
    /// This chain has no rewards, or they did not answer an order.
    public static let noRewards = localStaking(11)
    /// A slash has destroyed some of the user's stake, and it is not counted yet.
    public static let lossNotCounted = localStaking(12)
}
