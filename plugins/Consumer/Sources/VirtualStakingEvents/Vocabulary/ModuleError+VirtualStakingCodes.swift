public import ModuleKit

extension ModuleError.Code {
    private static func virtualStaking(_ number: UInt32) -> Self { Self("virtual-staking", number) }

    /// The instance has no settings yet.
    public static let virtualStakingNotConfigured = virtualStaking(1)
    /// A setting has a value that is not allowed, or can't be changed any more.
    public static let virtualStakingSettingNotAllowed = virtualStaking(2)
    /// The converter does not exist, is no converter, or does not name this instance.
    public static let notPaired = virtualStaking(3)
    /// There is no native staking to bond with.
    public static let noNativeStaking = virtualStaking(4)
    /// What the converter says contradicts itself: a validator twice, or a pledge reduced by more than it was.
    public static let inconsistentConverter = virtualStaking(5)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentVirtualStakingEvent = virtualStaking(6)
    /// The parts of a genesis document contradict each other.
    public static let virtualStakingGenesisContradiction = virtualStaking(7)

    /// A grant without a cap was offered, which would allow nothing.
    public static let capMissing = virtualStaking(8)
    /// A grant was offered before there is a converter.
    public static let converterMissing = virtualStaking(9)
    /// A grant was offered while the converter names another virtual staking, or none.
    public static let converterNamesAnother = virtualStaking(10)
    /// A grant was offered before the converter's price feed exists.
    public static let priceFeedMissing = virtualStaking(11)
    /// A grant was offered before the pairing's channel is open, or after it has closed.
    public static let channelNotOpen = virtualStaking(12)
    /// A grant was offered while somebody but the chain's authority administers virtual staking.
    public static let virtualStakingAdministered = virtualStaking(13)
    /// A grant was offered while somebody but the chain's authority administers the converter.
    public static let converterAdministered = virtualStaking(14)
    /// A grant was offered while somebody but the chain's authority administers the price feed.
    public static let priceFeedAdministered = virtualStaking(15)
}
