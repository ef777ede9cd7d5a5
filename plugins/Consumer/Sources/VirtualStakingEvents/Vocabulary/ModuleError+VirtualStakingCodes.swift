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
}
