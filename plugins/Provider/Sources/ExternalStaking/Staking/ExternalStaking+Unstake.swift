import ControlChannel
import ExternalStakingEvents
import ModuleKit

extension ExternalStaking {
    /// Sends the taking of stake on its way. The validator's state does not matter.
    ///
    /// - Throws: `noControlChannel`, `pairingClosed`, `wrongStakeDenomination`, `zeroExternalStake`,
    ///   `insufficientExternalStake`, `tooMuchInFlight`; what Interchain has against the packet.
    func handle(_ unstake: ExternalStakingUnstake, _ context: Context) throws(ModuleError) {
        let owner = try context.requireSender()
        let pairing = try requireOpenPairing(context)
        let coin = try amount(unstake.amount, pairing)
        let transaction = try nextOwnTransaction(context)
        let time = context.block.time
        // Before a packet is sent, what will be said of it is tried.
        var stake = try stake(of: owner, at: unstake.validator, in: context)
        try stake.prepareUnstake(transaction, coin.amount, at: time)
        let ownerText = context.addresses.format(owner, as: .account)
        let packet = try UnstakePacket(
            delegator: ownerText,
            validator: unstake.validator,
            unstake: coin,
            transaction: transaction
        )
        let sequence = try send(.unstake(packet), pairing, context)
        try context.emit(
            .with {
                $0.unstakeSent.transaction = transaction
                $0.unstakeSent.sequence = sequence
                $0.unstakeSent.stake = .of(ownerText, unstake.validator)
                $0.unstakeSent.amount = coin.amount.description
                $0.unstakeSent.time = time.nanoseconds
            }
        )
    }
}
