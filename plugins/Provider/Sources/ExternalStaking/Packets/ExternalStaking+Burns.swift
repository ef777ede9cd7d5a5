import ControlChannel
import ExternalStakingEvents
import ModuleKit

/// How the consumer learns that less is pledged. It must not miss it, so a burn is sent until it is acknowledged: again at
/// once when it was lost, and ever later when it is refused.
///
/// A burn is ordered in the reaction to something that can't be vetoed, where a packet that can't be sent, say over a
/// frozen client, would take everything back with it. So it waits, and the end of the block sends it.
extension ExternalStaking {
    /// Orders a burn; of nothing, none.
    func order(_ amount: Amount, _ stake: ExternalStakingStakeOwner, _ context: Context) throws(ModuleError) {
        guard !amount.isZero else { return }
        let transaction = try nextOwnTransaction(context)
        try context.emit(
            .with {
                $0.burnOrdered.transaction = transaction
                $0.burnOrdered.stake = stake
                $0.burnOrdered.amount = amount.description
                $0.burnOrdered.time = context.block.time.nanoseconds
            }
        )
    }

    /// Sends the burns that wait and are due, the oldest first, so many in a block; on a closed channel, drops all that
    /// wait: the consumer has burned everything.
    ///
    /// The first that can't be sent ends this until the next block. Where nothing waits, this is one read.
    func sendBurns(_ context: Context) throws(ModuleError) {
        guard try waitingBurnCount.value(in: context) != nil else { return }
        let pairing = try requirePairing(context)
        for (key, _) in try waitingBurns.entries(in: context, limit: Self.burnsPerBlock) {
            let number = key.second
            let burn = try transaction(number, in: context)
            guard !pairing.isClosed else {
                try settle(number, burn, isDropped: true, context)
                continue
            }
            guard key.first <= context.block.time else { return }
            let packet = ProviderPacket.burn(
                try BurnPacket(
                    validators: [burn.validator],
                    burn: try coin(burn.amount, pairing),
                    attribution: BurnPacket.Attribution(delegator: burn.ownerText, transaction: number)
                )
            )
            let sequence: UInt64
            do throws(ModuleError) {
                sequence = try send(packet, pairing, context)
            } catch {
                // Without work, nothing goes on; the channel or the client may be fit again in a later block.
                guard error.code != .outOfWork else { throw error }
                return
            }
            try context.emit(
                .with {
                    $0.burnSent.transaction = number
                    $0.burnSent.sequence = sequence
                }
            )
        }
    }

    /// Records that a burn is done with.
    func settle(_ number: UInt64, _ burn: PendingTransaction, isDropped: Bool, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.burnSettled.transaction = number
                $0.burnSettled.stake = .of(burn.ownerText, burn.validator)
                $0.burnSettled.amount = burn.amount.description
                $0.burnSettled.dropped = isDropped
            }
        )
    }
}
