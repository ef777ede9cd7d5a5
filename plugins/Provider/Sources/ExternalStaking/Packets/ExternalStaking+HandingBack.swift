import ControlChannel
import ExternalStakingEvents
import ModuleKit

extension ExternalStaking {
    /// The consumer hands stake back: it unbonds for the whole period, as if its user had asked for it.
    ///
    /// What exceeds all that is staked and in flight is nothing. A consumer that has not received a burn yet hands
    /// back what was cut here, and one of 0.11.0 never learns whose stake was burned.
    ///
    /// - Throws: `wrongStakeDenomination`, `zeroExternalStake`; `unsupportedPacket` for a delegator who is no account
    ///   here.
    func take(
        _ packet: InternalUnstakePacket,
        _ sequence: UInt64,
        _ pairing: ExternalStakingPairing,
        _ context: Context
    ) throws(ModuleError) {
        let coin = try amount(ProtoCoin(packet.invertedAmount), pairing)
        guard let owner = try? context.addresses.parse(packet.delegator, as: .account) else {
            throw ModuleError(
                .unsupportedPacket,
                "the delegator is no account of this chain: name it as the stake packet did"
            )
        }
        let time = context.block.time
        var stake = try stake(of: owner, at: packet.validator, in: context)
        let handBack = stake.handBack(coin.amount, releaseAt: try release(of: time, context))
        try context.emit(
            .with {
                $0.handedBack.sequence = sequence
                $0.handedBack.stake = .of(context.addresses.format(owner, as: .account), packet.validator)
                $0.handedBack.amount = coin.amount.description
                $0.handedBack.unbonding = handBack.unbonding.description
                $0.handedBack.pending = handBack.pending.description
                $0.handedBack.excess = handBack.excess.description
                $0.handedBack.time = time.nanoseconds
            }
        )
    }
}
