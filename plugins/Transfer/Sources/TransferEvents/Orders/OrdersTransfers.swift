public import ModuleKit

/// A vocabulary some of whose events send tokens of the emitting instance to another chain, such as those of a converter
/// that passes rewards on.
///
/// Modules don't call each other: an instance that wants to send says so in an event, and the transfer instance that the
/// order names reacts, as if the instance's own address had signed for it. A transfer that can't be sent vetoes the event, and
/// so does an order to an instance that is none of transfers; on a chain without any, nobody hears of it.
///
/// What becomes of it is told later by `delivered`, `refunded` or `refund_owed`, which then say who ordered it and are
/// addressed to that instance.
public protocol OrdersTransfers: AuthorizesReactions {
    /// What this event sends, in order; mostly nothing.
    var transferOrders: [TransferOrder] { get throws(ModuleError) }
}

extension OrdersTransfers {
    /// The transfer instances that the orders name.
    public var authorizedInstances: [UInt32] {
        get throws(ModuleError) { try transferOrders.map(\.transfer) }
    }
}

/// A wish of an instance to send tokens of its own.
public struct TransferOrder: Sendable, Hashable {
    /// The number of the transfer instance.
    public let transfer: UInt32
    /// The channel on this chain.
    public let channel: String
    /// What is sent, by the bank's denomination.
    public let coin: Coin
    /// On the other chain.
    public let receiver: String
    /// What the packet says beside; mostly nothing.
    public let memo: String
    /// Until when the other chain may receive it, by its own clock.
    public let timeout: Timestamp
    /// The orderer's own number for it, which the answers carry.
    public let reference: UInt64

    /// Describes a wish.
    public init(
        transfer: UInt32,
        channel: String,
        coin: Coin,
        receiver: String,
        memo: String = "",
        timeout: Timestamp,
        reference: UInt64
    ) {
        self.transfer = transfer
        self.channel = channel
        self.coin = coin
        self.receiver = receiver
        self.memo = memo
        self.timeout = timeout
        self.reference = reference
    }
}
