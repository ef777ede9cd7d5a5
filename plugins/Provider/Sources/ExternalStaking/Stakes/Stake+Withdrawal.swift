import ModuleKit

/// What has unbonded leaves the lien.
extension Stake {
    /// What was taken out.
    struct Withdrawal: Hashable {
        /// All of it.
        var amount = Amount.zero
        /// The part that had been in flight until now.
        var abandoned = Amount.zero
    }

    /// Takes what is free at a time, that time included.
    ///
    /// One unbonding period after the closing, stakes in flight are free as well: a client that can't be updated any
    /// more would never let anybody learn what became of them.
    ///
    /// What is abandoned so pays for no infraction, as what has failed pays for none. That is no way to escape. Stake that
    /// had power at an infraction had been received before it; so the very header that proves the infraction proves the
    /// acknowledgement too, on a closed channel as on an open one. Whoever brings the evidence can bring both, and the user
    /// can't keep it back: he would have to keep everybody from it until the client is expired or frozen, or all of this
    /// period is over. Where that has come about, nobody knows whether the stake ever had power, and a doubt costs nothing.
    mutating func withdraw(at time: Timestamp, closedAt: Timestamp?, period: TimeSpan) -> Withdrawal {
        var withdrawal = Withdrawal()
        while let first = unbondings.first, first.releaseAt <= time {
            withdrawal.amount = withdrawal.amount.saturatingAdding(first.amount)
            unbondings.removeFirst()
        }
        if let closedAt, closedAt.saturatingAdding(period) <= time {
            withdrawal.abandoned = inFlight(.stake)
            withdrawal.amount = withdrawal.amount.saturatingAdding(withdrawal.abandoned)
            for index in operations.indices { operations[index].remaining = .zero }
        }
        return withdrawal
    }
}
