public import IBC
public import ModuleKit

/// A module whose instances can be called by the memo of a transfer: `{"wasm":{"contract":"…","msg":{…}}}`.
///
/// The contract is the instance's own address, and the receiver of the tokens. With `.transferHooks` among its
/// subscriptions, the module needs one method more.
public protocol TransferHookReceiver: ProtocolModule where Event: AnswersTransferHooks {
    /// Does what it is called for. The tokens are with the instance already.
    ///
    /// What it throws fails the packet: nothing remains of the transfer here, and the tokens go back to their sender.
    func receive(_ call: TransferHookCall, _ context: Context) throws(ModuleError)
}

/// A call by the memo of a transfer.
///
/// Anyone on any chain with a channel to this one can make such a call, with tokens of any worth. The receiver looks at what
/// it was given, and, where that matters, at the channel.
public struct TransferHookCall: Hashable, Sendable {
    /// The end on this chain through which the tokens came.
    public let end: ChannelEndID
    /// The packet's sequence.
    public let sequence: UInt64
    /// Who calls: 32 bytes, derived from the channel and the sender that the other chain claims. The same sender over the
    /// same channel is always the same caller; it is no account that could sign here.
    public let caller: Address
    /// What came with the call.
    public let coin: Coin
    /// What is said. Any object: nothing of it has been checked.
    public let message: JSONObject

    /// Describes a call.
    public init(end: ChannelEndID, sequence: UInt64, caller: Address, coin: Coin, message: JSONObject) {
        self.end = end
        self.sequence = sequence
        self.caller = caller
        self.coin = coin
        self.message = message
    }
}
