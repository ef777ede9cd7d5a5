public import ModuleKit

/// The codespace `slashing`; numbers below 100 are those of the Cosmos SDK's module. What forbids a validator's return has the
/// codes of native staking.
extension ModuleError.Code {
    private static func slashing(_ number: UInt32) -> Self { Self("slashing", number) }

    /// Nothing is known of the votes of this key.
    public static let noSigningInfo = slashing(8)

    /// A parameter has a value that is not allowed.
    public static let slashingParameterNotAllowed = slashing(100)
    /// The instance has no configuration yet, or the staking instance that it names is not there.
    public static let slashingNotReady = slashing(101)
    /// A recorded event does not fit the state.
    public static let slashingEventDoesNotFit = slashing(102)
    /// The parts of a genesis document contradict each other.
    public static let slashingGenesisContradiction = slashing(103)
}
