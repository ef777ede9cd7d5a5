import ModuleKit

/// What one user ever had at one validator, as far as it matters for infractions.
struct StakeHistory {
    private struct Change {
        let time: Timestamp
        let amount: Amount
    }

    /// What was taken for infractions.
    private(set) var paid = Amount.zero
    /// What could be lost, by the time of its changes: all that was sent and neither came back nor was cut. What was paid
    /// stays in it.
    private var exposures: [Change] = []
    /// What the other chain has taken, by the time at which it was sent.
    private var committed: [Change] = []
    /// What has begun to unbond, by time.
    private var left: [Change] = []
    private var cut = Amount.zero

    private var exposure: Amount { exposures.last?.amount ?? .zero }

    /// Stake is on its way.
    mutating func expose(_ amount: Amount, at time: Timestamp) {
        exposures.append(Change(time: time, amount: exposure.saturatingAdding(amount)))
    }

    /// Stake is free: it never arrived, or was withdrawn.
    mutating func conceal(_ amount: Amount, at time: Timestamp) {
        exposures.append(Change(time: time, amount: exposure.saturatingSubtracting(amount)))
    }

    /// Stake has arrived.
    mutating func commit(_ amount: Amount, sentAt: Timestamp) {
        committed.append(Change(time: sentAt, amount: amount))
    }

    /// Stake begins to unbond.
    mutating func leave(_ amount: Amount, at time: Timestamp) { left.append(Change(time: time, amount: amount)) }

    /// Stake gives way to another slash.
    mutating func cut(_ amount: Amount, at time: Timestamp) {
        conceal(amount, at: time)
        cut = cut.saturatingAdding(amount)
    }

    /// Something is taken for an infraction.
    mutating func pay(_ amount: Amount) { paid = paid.saturatingAdding(amount) }

    /// What could be lost at a time.
    func exposed(at time: Timestamp) -> Amount {
        exposures.last { $0.time <= time }?.amount ?? .zero
    }

    /// What was sent by one time and had not begun to unbond at another, whatever was cut.
    func certain(sentBy first: Timestamp, leftAfter last: Timestamp) -> Amount {
        func sum(_ changes: [Change], until time: Timestamp) -> Amount {
            changes.reduce(.zero) { $1.time <= time ? $0.saturatingAdding($1.amount) : $0 }
        }
        return sum(committed, until: first).saturatingSubtracting(sum(left, until: last)).saturatingSubtracting(cut)
    }
}
