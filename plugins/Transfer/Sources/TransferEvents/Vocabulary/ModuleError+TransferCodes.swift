public import IBC
public import ModuleKit

extension ModuleError.Code {
    private static func transfer(_ number: UInt32) -> Self { Self("transfer", number) }

    /// The data of a packet is not what ICS-20 says.
    public static let malformedTransfer = transfer(1)
    /// A denomination can't travel, or can't be taken: its path would mean something else on the other chain.
    public static let invalidTransferDenomination = transfer(2)
    /// A denomination looks like a voucher's, and this chain has never minted such a voucher.
    public static let unknownTrace = transfer(3)
    /// An amount is 0, no whole number, or above 2^128 - 1.
    public static let invalidTransferAmount = transfer(4)
    /// A sender or a receiver is blank, too long, or no account of the chain that it should be of.
    public static let invalidTransferParty = transfer(5)
    /// A memo is too long.
    public static let memoTooLong = transfer(6)
    /// Everything is within its bounds, but the packet would be longer than what can be recorded.
    public static let transferTooLarge = transfer(7)
    /// The receiver takes no tokens from others: a module's account, or a barred one.
    public static let blockedReceiver = transfer(8)
    /// The other chain sends back more of a token than went to it.
    public static let insufficientEscrow = transfer(9)
    /// A memo asks for a call in a way that can't be understood, or of another account than the receiver.
    public static let invalidTransferHook = transfer(10)
    /// The instance that a memo calls did not answer; perhaps there is none at that address.
    public static let hookUnanswered = transfer(11)
    /// An answer to a call that is not under way.
    public static let hookNotOpen = transfer(12)
    /// An answer to a call of another instance.
    public static let notHookTarget = transfer(13)
    /// A channel keeps the order of its packets; transfers need one that does not.
    public static let unsupportedOrdering = transfer(14)
    /// A channel is to speak another version than `ics20-1`.
    public static let unsupportedTransferVersion = transfer(15)
    /// A channel or a setting is of another port than the instance's own.
    public static let wrongTransferPort = transfer(16)
    /// A transfer has neither a timeout height nor a timeout time.
    public static let noTransferTimeout = transfer(17)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentTransferEvent = transfer(18)
    /// No refund is owed for a packet: it was never owed, or has been paid.
    public static let noRefundOwed = transfer(19)
    /// An instance's order names a transfer instance that there is not.
    public static let unknownTransferInstance = transfer(20)
}

extension ModuleError {
    /// Takes over what the formats of ICS-20 find wrong.
    public init(transfer error: IBCError) {
        let code: Code =
            switch error.code {
            case .invalidDenomination: .invalidTransferDenomination
            case .invalidAmount, .amountTooLarge: .invalidTransferAmount
            case .invalidParty: .invalidTransferParty
            case .memoTooLong: .memoTooLong
            case .invalidHook: .invalidTransferHook
            case .noTimeout: .noTransferTimeout
            default: .malformedTransfer
            }
        self.init(code, error.message)
    }

    /// Runs a rule of ICS-20, and takes over what it throws.
    public static func transferring<Value>(_ body: () throws(IBCError) -> Value) throws(ModuleError) -> Value {
        do throws(IBCError) {
            return try body()
        } catch {
            throw ModuleError(transfer: error)
        }
    }
}
