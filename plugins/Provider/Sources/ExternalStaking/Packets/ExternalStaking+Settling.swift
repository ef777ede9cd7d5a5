import ControlChannel
import ExternalStakingEvents
public import IBC
import InterchainEvents
public import ModuleKit

/// What becomes of what was sent. The other chain has decided it: nobody signs for any of this, and nothing here can
/// refuse it.
extension ExternalStaking {
    /// Commits what the other chain has done, or rolls back what it has refused.
    ///
    /// - Throws: `unknownTransaction` for a packet that nobody waits for, which Interchain never hands over.
    public func acknowledged(_ packet: Packet, _ acknowledgement: Acknowledgement, _ context: Context)
        throws(ModuleError)
    {
        guard let (number, transaction) = try transaction(of: packet, context) else { return }
        switch acknowledgement {
        case .result: try commit(number, transaction, context)
        case .error(let text):
            // The other chain may say anything, at any length.
            let said = ModuleError(.unsupportedPacket, text).recordedMessage
            try rollBack(number, transaction, .error, said, context)
        }
    }

    /// Rolls back what the other chain did not receive in time.
    ///
    /// - Throws: as above.
    public func timedOut(_ packet: Packet, _ context: Context) throws(ModuleError) {
        guard let (number, transaction) = try transaction(of: packet, context) else { return }
        let reason: ExternalStakingSettlementReason = try requirePairing(context).isClosed ? .closed : .timeout
        try rollBack(number, transaction, reason, "", context)
    }

    /// What a packet was sent for; nil for a payment that was settled by the authority's word before, of which a client that can be
    /// used again proves something after all.
    private func transaction(of packet: Packet, _ context: Context) throws(ModuleError)
        -> (UInt64, PendingTransaction)?
    {
        let pairing = try requirePairing(context)
        guard packet.source == (try end(pairing, context)), let number = try number(of: packet, pairing, context),
            let transaction = try transactions.value(for: number, in: context), transaction.sequence == packet.sequence
        else {
            if pairing.isClosed, try isPayment(packet, pairing) { return nil }
            throw ModuleError(
                .unknownTransaction,
                "nobody waits for packet \(packet.sequence) of \(packet.source): each packet is settled once"
            )
        }
        return (number, transaction)
    }

    private func isPayment(_ packet: Packet, _ pairing: ExternalStakingPairing) throws(ModuleError) -> Bool {
        guard case .transferRewards = try ProviderPacket(json: packet.data, version: try pairing.controlVersion())
        else { return false }
        return true
    }

    /// The number of a packet's transaction. The packet says it, and is what was sent: Interchain has checked that.
    private func number(of packet: Packet, _ pairing: ExternalStakingPairing, _ context: Context) throws(ModuleError)
        -> UInt64?
    {
        switch try ProviderPacket(json: packet.data, version: try pairing.controlVersion()) {
        case .stake(let stake): stake.transaction
        case .unstake(let unstake): unstake.transaction
        case .burn: try burnPackets.value(for: packet.sequence, in: context)
        case .transferRewards(let order): order.transaction
        }
    }

    private func commit(_ number: UInt64, _ transaction: PendingTransaction, _ context: Context) throws(ModuleError) {
        let owner = ExternalStakingStakeOwner.of(transaction.ownerText, transaction.validator)
        let time = context.block.time
        let releaseAt = try release(of: time, context)
        var stake = try stake(of: transaction.owner, at: transaction.validator, in: context)
        switch transaction.kind {
        case .stake:
            let vault = try requirePairing(context).vault
            let settlement = try stake.commitStake(number, releaseAt: releaseAt)
            try context.emit(
                .with {
                    $0.stakeCommitted.vault = vault
                    $0.stakeCommitted.transaction = number
                    $0.stakeCommitted.stake = owner
                    $0.stakeCommitted.amount = settlement.amount.description
                    $0.stakeCommitted.unbonding = settlement.unbonding.description
                    $0.stakeCommitted.time = time.nanoseconds
                }
            )
            try order(settlement.burn, owner, context)
        case .unstake:
            let settlement = try stake.commitUnstake(number, releaseAt: releaseAt)
            try context.emit(
                .with {
                    $0.unstakeCommitted.transaction = number
                    $0.unstakeCommitted.stake = owner
                    $0.unstakeCommitted.amount = settlement.amount.description
                    $0.unstakeCommitted.time = time.nanoseconds
                }
            )
        case .rewards: try deliver(number, transaction, context)
        default: try settle(number, transaction, isDropped: false, context)
        }
    }

    private func rollBack(
        _ number: UInt64,
        _ transaction: PendingTransaction,
        _ reason: ExternalStakingSettlementReason,
        _ said: String,
        _ context: Context
    ) throws(ModuleError) {
        let owner = ExternalStakingStakeOwner.of(transaction.ownerText, transaction.validator)
        let time = context.block.time
        var stake = try stake(of: transaction.owner, at: transaction.validator, in: context)
        switch transaction.kind {
        case .stake:
            let vault = try requirePairing(context).vault
            let settlement = try stake.rollBackStake(number)
            try context.emit(
                .with {
                    $0.stakeRolledBack.vault = vault
                    $0.stakeRolledBack.transaction = number
                    $0.stakeRolledBack.stake = owner
                    $0.stakeRolledBack.amount = settlement.amount.description
                    $0.stakeRolledBack.reason = reason
                    $0.stakeRolledBack.error = said
                }
            )
        case .unstake:
            let settlement = try stake.rollBackUnstake(number, releaseAt: try release(of: time, context))
            try context.emit(
                .with {
                    $0.unstakeRolledBack.transaction = number
                    $0.unstakeRolledBack.stake = owner
                    $0.unstakeRolledBack.amount = settlement.amount.description
                    $0.unstakeRolledBack.unbonding = settlement.unbonding.description
                    $0.unstakeRolledBack.time = time.nanoseconds
                    $0.unstakeRolledBack.reason = reason
                    $0.unstakeRolledBack.error = said
                }
            )
            try order(settlement.burn, owner, context)
        case .rewards: try giveBack(number, transaction, reason, said, context)
        default:
            // What was lost is sent again at once; what was refused would only be refused again.
            let delay = ResendingDelay.afterRefusal(attempts: transaction.attempts)
            let due = reason == .error ? time.saturatingAdding(delay) : .epoch
            try context.emit(
                .with {
                    $0.burnReturned.transaction = number
                    $0.burnReturned.reason = reason
                    $0.burnReturned.error = said
                    $0.burnReturned.due = due.nanoseconds
                }
            )
        }
    }
}
