import ModuleKit

/// Who pays for an infraction of the validator, and how much.
extension Stake {
    /// How stake is dated.
    struct Dating: Hashable {
        /// How far the clocks of the two chains may be apart.
        let drift: TimeSpan
        /// How long stake unbonds.
        let period: TimeSpan
    }

    /// What is owed for infractions, and for which one that is so much.
    struct Due: Hashable {
        var amount = Amount.zero
        /// Zero where nothing is owed.
        var infraction: UInt64 = 0
    }

    /// The validator was proven guilty: all that is committed unbonds, also what is being unstaked, and the other chain
    /// has to be told to forget it. Stakes in flight stay so: they unbond, and are burned, when they succeed.
    ///
    /// An unstake in flight has nothing left to do when it succeeds; when it fails, what it was about is burned.
    ///
    /// A second tombstone changes nothing; after the closing there is nothing committed.
    mutating func tombstone(releaseAt: Timestamp) {
        guard !isTombstoned else { return }
        isTombstoned = true
        unpledging = low
        unbond(committed, until: releaseAt)
        committed = .zero
        for index in operations.indices where operations[index].kind == .unstake {
            operations[index].cut = operations[index].sent
            operations[index].remaining = .zero
        }
    }

    /// What was staked at a time and is not lost otherwise: what was sent by then and had not been unstaked, each with so much
    /// drift that doubt counts as stake, less all that was cut since. What was paid for infractions counts as if it were
    /// still there, so that payments change nothing.
    ///
    /// What was cut is not here any more: so it is taken off what was staked at the time, and not what came later.
    ///
    /// - Parameter isLanding: whether stakes that are in flight count as if they had succeeded.
    func liable(at time: Timestamp, _ dating: Dating, isLanding: Bool = false) -> Amount {
        let (first, last) = (time.saturatingSubtracting(dating.drift), time.saturatingAdding(dating.drift))
        var sum = committed
        for part in unbondings + payments where part.releaseAt.saturatingSubtracting(dating.period) >= first {
            sum = sum.saturatingAdding(part.amount)
        }
        if isLanding {
            for operation in operations where operation.kind == .stake && operation.sentAt <= last {
                sum = sum.saturatingAdding(operation.remaining)
            }
        }
        for dated in history where dated.sentAt > last { sum = sum.saturatingSubtracting(dated.amount) }
        return sum
    }

    /// What is still owed for infractions: of each, the fraction of what was staked then, rounded down; of all of them, the
    /// most, not the sum; less what was paid.
    ///
    /// In the end the same is paid, in whatever order infractions are recorded, stakes land, and payments are made. It is
    /// never more than what is here for certain, and so never touches what is in flight.
    func due(for infractions: [Infraction], _ dating: Dating, isLanding: Bool = false) throws(ModuleError) -> Due {
        let paid = paid
        var due = Due()
        for infraction in infractions {
            let base = liable(at: infraction.time, dating, isLanding: isLanding)
            let owed = try base.multiplied(by: infraction.fraction, rounding: .floor).saturatingSubtracting(paid)
            if owed > due.amount { due = Due(amount: owed, infraction: infraction.number) }
        }
        return due
    }

    /// Takes what is owed, out of what unbonds; after the tombstone there is nothing else for certain. Nothing is burned for
    /// it: all that was pledged is burned for the tombstone.
    mutating func pay(_ amount: Amount) {
        let before = unbondings
        _ = cut(amount)
        // Cuts leave the order, and take whole entries from the end.
        for (index, unbonding) in before.enumerated() {
            let left = index < unbondings.count ? unbondings[index].amount : .zero
            remember(Unbonding(amount: unbonding.amount.saturatingSubtracting(left), releaseAt: unbonding.releaseAt))
        }
    }

    private mutating func remember(_ payment: Unbonding) {
        guard !payment.amount.isZero else { return }
        let place = payments.firstIndex { $0.releaseAt >= payment.releaseAt } ?? payments.count
        if place < payments.count, payments[place].releaseAt == payment.releaseAt {
            payments[place].amount = payments[place].amount.saturatingAdding(payment.amount)
            return
        }
        payments.insert(payment, at: place)
        guard payments.count > Self.paymentsMax, let newest = payments.popLast(), let merged = payments.indices.last
        else {
            return
        }
        payments[merged].amount = payments[merged].amount.saturatingAdding(newest.amount)
    }
}
