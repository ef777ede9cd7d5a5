public import ModuleKit

extension ModuleError.Code {
    private static func bank(_ number: UInt32) -> Self { Self("bank", number) }

    /// An account holds less than is to leave it.
    public static let insufficientFunds = bank(1)
    /// An account holds enough, but part of it has not vested yet.
    public static let lockedFunds = bank(2)
    /// A denomination is not enabled for sending.
    public static let sendDisabled = bank(3)
    /// The recipient may not receive sends: a module account, or a barred one.
    public static let blockedRecipient = bank(4)
    /// A send of nothing.
    public static let emptyTransfer = bank(5)
    /// A multi-send has no outputs, or too many.
    public static let invalidOutputs = bank(6)
    /// An event moves coins of an account that neither signed for it nor belongs to the event's instance.
    public static let unauthorizedMovement = bank(7)
    /// A module account lacks the permission to mint, burn or take delegations.
    public static let missingPermission = bank(8)
    /// A movement names neither where coins come from nor where they go.
    public static let invalidMovement = bank(9)
    /// A module account belongs to another instance.
    public static let moduleAccountTaken = bank(10)
    /// A module account can't have this name.
    public static let invalidModuleAccount = bank(11)
    /// More of a denomination would exist than an amount can count.
    public static let supplyOverflow = bank(12)
    /// A vesting schedule contradicts itself.
    public static let invalidVesting = bank(13)
    /// A genesis document states an account or a balance twice.
    public static let duplicateEntry = bank(14)
    /// A genesis document's balances do not add up to the supply that it states.
    public static let supplyMismatch = bank(15)
    /// A genesis document was handed to a bank outside the genesis block.
    public static let outsideGenesis = bank(16)
    /// An event of the bank's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentEvent = bank(17)
}
