public import ModuleKit

extension ModuleError.Code {
    private static func vault(_ number: UInt32) -> Self { Self("vault", number) }

    /// Coins are of another denomination than the vault's collateral.
    public static let wrongCollateralDenomination = vault(1)
    /// An amount is zero.
    public static let zeroCollateral = vault(2)
    /// More is to leave the vault than is free of liens.
    public static let collateralLocked = vault(3)
    /// A lien would be larger than the collateral, or all liens together could be slashed by more than it.
    public static let insufficientCollateral = vault(4)
    /// A stake is below the vault's minimum.
    public static let stakeBelowMinimum = vault(5)
    /// A user has as many liens as the vault allows.
    public static let tooManyLiens = vault(6)
    /// The settings name no local staking, or none that is deployed.
    public static let noLocalStaking = vault(7)
    /// No instance has the label or the address of a lien holder.
    public static let unknownLienHolder = vault(8)
    /// The instance did not accept the lien; perhaps its module holds no liens.
    public static let lienUnanswered = vault(9)
    /// A lien is accepted that nobody has just requested.
    public static let lienNotRequested = vault(10)
    /// A lien is accepted by another instance than the one that was asked.
    public static let notRequestedHolder = vault(11)
    /// An instance speaks of a lien that it does not hold.
    public static let noLien = vault(12)
    /// A slashable fraction is above one.
    public static let invalidSlashableFraction = vault(13)
    /// A lien for local stake is to be used for remote stake, or the other way round.
    public static let lienPurposeMismatch = vault(14)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentVaultEvent = vault(15)
    /// The unbonding period of a vault is to be shorter than it was.
    public static let unbondingPeriodShortened = vault(16)
}
