import ExternalStakingEvents
import ModuleKit

/// Two-phase changes: what is sent is prepared, and then committed or rolled back, whatever was cut or handed back
/// meanwhile.
extension Stake {
    /// What became of an operation.
    struct Settlement: Hashable {
        /// What was left of it.
        var amount: Amount
        /// The part of that which unbonds from now on.
        var unbonding: Amount
        /// What the other chain has to be told to burn.
        var burn: Amount
    }

    /// Prepares a stake that is being sent.
    ///
    /// - Parameter cutoff: stakes sent by then need no date any more: now, less an unbonding period.
    /// - Throws: `tooMuchInFlight`; `tooManyStakes`; `burnOutstanding`; `pairingClosed`; `validatorTombstoned`;
    ///   `arithmeticOverflow`.
    mutating func prepareStake(_ transaction: UInt64, _ amount: Amount, at time: Timestamp, cutoff: Timestamp)
        throws(ModuleError)
    {
        try requireTaking()
        guard burning.isZero else {
            throw ModuleError(
                .burnOutstanding,
                "\(burning) of this stake were burned, and the other chain has not acknowledged that: stake more once "
                    + "it has"
            )
        }
        _ = try liened.adding(amount)
        try requireRoom()
        history.removeAll { $0.sentAt <= cutoff }
        guard history.count + operations.count(where: { $0.kind == .stake }) < Self.historyMax else {
            throw ModuleError(
                .tooManyStakes,
                "there were \(Self.historyMax) stakes on this validator within one unbonding period, and each of them "
                    + "has to be kept apart: stake again when the first is older than that"
            )
        }
        operations.append(StakeOperation(transaction: transaction, kind: .stake, remaining: amount, sentAt: time))
    }

    /// Prepares an unstake that is being sent.
    ///
    /// - Throws: `insufficientExternalStake`; `tooMuchInFlight`; `pairingClosed`; `validatorTombstoned`.
    mutating func prepareUnstake(_ transaction: UInt64, _ amount: Amount, at time: Timestamp) throws(ModuleError) {
        try requireTaking()
        guard amount <= low else {
            throw ModuleError(
                .insufficientExternalStake,
                "\(low) are staked there for certain, and \(amount) are asked for: unstake less, or wait for what is "
                    + "in flight"
            )
        }
        try requireRoom()
        operations.append(StakeOperation(transaction: transaction, kind: .unstake, remaining: amount, sentAt: time))
    }

    /// The other chain has taken a stake.
    ///
    /// After the closing it unbonds at once, and so does what the other chain has handed back meanwhile. After the
    /// tombstone it unbonds as well, and is burned.
    ///
    /// - Throws: `unknownTransaction`.
    mutating func commitStake(_ transaction: UInt64, releaseAt: Timestamp) throws(ModuleError) -> Settlement {
        let operation = try take(transaction, .stake)
        let landed = takeHandedBack(upTo: operation.remaining)
        let unbonding = isClosed || isTombstoned ? operation.remaining : landed
        committed = committed.saturatingAdding(operation.remaining.saturatingSubtracting(unbonding))
        unbond(unbonding, until: releaseAt)
        date(operation)
        var settlement = settled(operation, unbonding: unbonding, isBurnDue: true)
        if isTombstoned, !isClosed {
            let pledged = operation.remaining.saturatingSubtracting(landed)
            settlement.burn = settlement.burn.saturatingAdding(pledged)
        }
        return settlement
    }

    /// The other chain has not taken a stake.
    ///
    /// - Throws: `unknownTransaction`.
    mutating func rollBackStake(_ transaction: UInt64) throws(ModuleError) -> Settlement {
        settled(try take(transaction, .stake), unbonding: .zero, isBurnDue: false)
    }

    /// The other chain has let go of stake: it unbonds from now on, always for the whole period.
    ///
    /// - Throws: `unknownTransaction`.
    mutating func commitUnstake(_ transaction: UInt64, releaseAt: Timestamp) throws(ModuleError) -> Settlement {
        let operation = try take(transaction, .unstake)
        committed = committed.saturatingSubtracting(operation.remaining)
        unbond(operation.remaining, until: releaseAt)
        return settled(operation, unbonding: operation.remaining, isBurnDue: false)
    }

    /// The other chain has not let go of stake: it stays, but for what the other chain has handed back meanwhile.
    ///
    /// - Throws: `unknownTransaction`.
    mutating func rollBackUnstake(_ transaction: UInt64, releaseAt: Timestamp) throws(ModuleError) -> Settlement {
        let operation = try take(transaction, .unstake)
        let landed = takeHandedBack(upTo: operation.remaining)
        committed = committed.saturatingSubtracting(landed)
        unbond(landed, until: releaseAt)
        return settled(operation, unbonding: landed, isBurnDue: true)
    }

    private func requireTaking() throws(ModuleError) {
        guard !isClosed else {
            throw ModuleError(
                .pairingClosed,
                "the channel is closed for good, and all stake unbonds: withdraw it when it is free"
            )
        }
        guard !isTombstoned else {
            throw ModuleError(
                .validatorTombstoned,
                "the validator was proven guilty, and all stake on it unbonds: withdraw it when it is free, and stake on "
                    + "another one"
            )
        }
    }

    private func requireRoom() throws(ModuleError) {
        guard operations.count < Self.operationsMax else {
            throw ModuleError(
                .tooMuchInFlight,
                "\(Self.operationsMax) operations on this stake are in flight already: wait until the other chain has "
                    + "answered one"
            )
        }
    }

    private mutating func take(_ transaction: UInt64, _ kind: StakeOperation.Kind) throws(ModuleError) -> StakeOperation
    {
        guard let index = operations.firstIndex(where: { $0.transaction == transaction && $0.kind == kind }) else {
            throw ModuleError(
                .unknownTransaction,
                "transaction \(transaction) is not in flight on this stake: each is settled once"
            )
        }
        return operations.remove(at: index)
    }

    /// Keeps the date of a stake that has succeeded. Stakes succeed in any order.
    private mutating func date(_ operation: StakeOperation) {
        guard !operation.remaining.isZero else { return }
        var place = history.count
        while place > 0, history[place - 1].sentAt > operation.sentAt { place -= 1 }
        if place > 0, history[place - 1].sentAt == operation.sentAt {
            history[place - 1].amount = history[place - 1].amount.saturatingAdding(operation.remaining)
        } else {
            history.insert(DatedStake(amount: operation.remaining, sentAt: operation.sentAt), at: place)
        }
    }

    private mutating func settled(_ operation: StakeOperation, unbonding: Amount, isBurnDue: Bool) -> Settlement {
        var burn = Amount.zero
        // What the other chain has handed back, it need not burn.
        if isBurnDue { burn = operation.cut.saturatingSubtracting(takeHandedBack(upTo: operation.cut)) }
        // What was handed back can only have come from what is still in flight.
        handedBack = min(handedBack, sentInFlight)
        return Settlement(amount: operation.remaining, unbonding: unbonding, burn: burn)
    }

    private mutating func takeHandedBack(upTo amount: Amount) -> Amount {
        let taken = min(amount, handedBack)
        handedBack = handedBack.saturatingSubtracting(taken)
        return taken
    }
}
