public import ExternalStakingEvents
import IBC
public import ModuleKit
public import TransferEvents

/// Vouchers of rewards, which the converter transfers to the instance's address.
///
/// All else that is transferred there is refused, so that it goes back to its sender: nobody could ever take it out.
extension ExternalStaking: TransferHookReceiver {
    /// Shares out vouchers that have just come, as their memo says.
    ///
    /// - Throws: `noControlChannel`, `strangeVouchers`, `malformedRewardsMemo`, `zeroRewards`, `unknownRewardedValidator`,
    ///   `tooManyRewards`, `rewardsNotCovered`. The transfer fails with it, and the tokens go back.
    public func receive(_ call: TransferHookCall, _ context: Context) throws(ModuleError) {
        let pairing = try requirePairing(context)
        let settings = try requireSettings(context)
        let channel = call.end.channel
        let converter = TransferHook.intermediaryAddress(channel: channel, sender: pairing.converter)
        guard
            settings.rewards.sources.contains(where: {
                $0.portID == call.end.port.text && $0.channelID == channel.text && $0.denom == call.coin.denom.text
            }), call.caller.bytes == converter
        else { throw Self.strangeVouchers }
        let batch = try RewardBatch(memo: call.message, try heldDenom(context))
        guard try sum(of: batch, context) == call.coin.amount else {
            throw ModuleError(
                .rewardsNotCovered,
                "the memo shares out another amount than \(call.coin), which came with it: make them the same"
            )
        }
        guard try rewardLedger(call.coin.denom, context).unattributed >= call.coin.amount else {
            throw ModuleError(.rewardsNotCovered, "\(call.coin) were never received: let a transfer bring them")
        }
        try requireRoom(for: call.coin, context)
        try distribute(batch, as: call.coin, over: channel.text, call.sequence, context)
    }

    /// Counts vouchers of the converter. Whose they are, their memo says next, or a batch of the control channel.
    ///
    /// - Throws: `noControlChannel`, `strangeVouchers`, `tooManyRewards`. The transfer fails with it, and the tokens go back.
    func take(_ received: TransferReceived, from origin: EventOrigin, _ context: Context) throws(ModuleError) {
        // Only what says whom it is for is offered to nobody else.
        guard received.instanceNumber == context.identity.number else { return }
        let pairing = try requirePairing(context)
        let parcel = received.parcel
        let coin = try parcel.token.coin()
        let source = try requireSettings(context).rewards.sources.first {
            $0.channelID == parcel.channelID && $0.denom == coin.denom.text
        }
        guard let source, context.instance(named: source.transfer)?.number == origin.instance.number,
            parcel.sender.utf8.elementsEqual(pairing.converter.utf8)
        else { throw Self.strangeVouchers }
        guard (try? rewardLedger(coin.denom, context).unattributed.adding(coin.amount)) != nil else {
            throw ModuleError(.tooManyRewards, "\(coin) are too many to be counted: send less")
        }
        try context.emit(
            .with {
                $0.vouchersReceived.channelID = parcel.channelID
                $0.vouchersReceived.sequence = parcel.sequence
                $0.vouchersReceived.coin = ProtoCoin(coin)
            }
        )
    }

    private static var strangeVouchers: ModuleError {
        ModuleError(
            .strangeVouchers,
            "an external staking takes no tokens but rewards, from the converter of its pairing and over the channel that "
                + "its settings name: send to another address"
        )
    }
}

extension Subscription<ExternalStaking> {
    /// Hears of tokens that were transferred to the instance.
    static var rewardVouchers: Self {
        .on(TransferEvent.self) { (module, event, origin, context) throws(ModuleError) in
            guard case .received(let received) = event.event else { return }
            try module.take(received, from: origin, context)
        }
    }
}

extension ExternalStakingPairing {
    /// The converter's account, as the consumer writes it: its port is `mesh.` and that account, `wasm.` in the reference.
    var converter: String {
        guard let dot = counterpartyPortID.utf8.firstIndex(of: UInt8(ascii: ".")) else { return counterpartyPortID }
        return String(counterpartyPortID[counterpartyPortID.utf8.index(after: dot)...])
    }
}
