import InterchainEvents
public import ModuleKit
public import TransferEvents

/// Fungible tokens that go to other chains and come back (ICS-20, `ics20-1`): an application of channels.
///
/// A token leaves through an end of a channel in one of two ways. If it came through that end, it is a voucher here, and goes
/// home: the voucher is burned. Otherwise it waits in the escrow account of that channel, and the other chain makes a
/// voucher of its own. A packet that is refused or times out undoes what was done; where that is not possible, the refund
/// is owed, and anyone can have it paid later.
///
/// What another chain says is worth no more than what went to it: of each token, a channel's escrow gives back at most what
/// it took. The memo of a transfer can call the instance that receives it (`TransferHookReceiver`), and an instance can have
/// tokens of its own sent (`OrdersTransfers`).
///
/// An instance owns one port. Minting vouchers needs a grant.
public struct Transfer: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(
        name: "transfer",
        version: "1.0.0",
        requires: ["bank", interchainModuleName],
        summary: "Fungible tokens that go to other chains and come back (ICS-20), with calls by memo."
    )

    /// What the instance was deployed with; absent until then.
    public let settings = StateItem<TransferSettings>(1, "settings")
    /// How tokens of other chains came, by the denomination of their vouchers.
    public let traces = StateMap<Denom, TransferTrace>(2, "traces")
    /// What went out through a channel and has not come back; entries of zero are removed.
    public let escrowed = StateMap<Pair<String, Denom>, Amount>(3, "escrowed")
    /// The sum of the above over all channels.
    public let escrowTotals = StateMap<Denom, Amount>(4, "escrow_totals")
    /// The instances that have been called and have not answered, by channel and packet. Empty between transactions.
    public let openHooks = StateMap<Pair<String, UInt64>, Address>(5, "open_hooks")

    /// The channels whose escrow accounts are this instance's. Each keeps no order, and speaks `ics20-1`.
    public let claimedEscrows = StateMap<String, Unit>(6, "claimed_escrows")
    /// What could not be given back to its senders yet, by channel and packet.
    public let owedRefunds = StateMap<Pair<String, UInt64>, TransferOwedRefund>(7, "owed_refunds")
    /// Who ordered a transfer that is on its way, by channel and packet; an account's own are not among them. Of a refund that
    /// is owed, the parcel says who ordered it.
    public let openOrders = StateMap<Pair<String, UInt64>, TransferParcelOrder>(8, "open_orders")

    /// The module.
    public init() {}

    /// Sends tokens of the account that signed, or pays a refund that is owed to whomever.
    public func handle(_ message: TransferMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .transfer(let send): try handle(send, context)
        case .retryRefund(let retry): try handle(retry, context)
        case nil:
            throw ModuleError(.unknownMessage, "the message asks for nothing: set transfer or retry_refund")
        }
    }

    /// What happens on the channels of the instance's port, the answers of instances that were called, and the orders of
    /// instances that send.
    public var subscriptions: [Subscription<Transfer>] {
        [
            .channels,
            .onTrait({ $0 is any AnswersTransferHooks.Type }) { (module, event, origin, context) throws(ModuleError) in
                guard let answer = (event as? any AnswersTransferHooks)?.transferHookAnswer else { return }
                try module.take(answer, from: origin, context)
            },
            .onTrait({ $0 is any OrdersTransfers.Type }) { (module, event, _, context) throws(ModuleError) in
                try module.requireTransferInstances(try event.orderedTransfers, context)
            },
            .onTraitAuthorized({ $0 is any OrdersTransfers.Type }) {
                (module, event, origin, context) throws(ModuleError) in
                try module.carryOut(try event.orderedTransfers, of: origin.instance, context)
            },
        ]
    }

    /// The settings.
    ///
    /// - Throws: `invalidState` before the instance was configured.
    func requireSettings(_ state: some StateReading) throws(ModuleError) -> TransferSettings {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(.invalidState, "the instance has no port yet: configure it, with {} for the standard one")
        }
        return settings
    }
}
