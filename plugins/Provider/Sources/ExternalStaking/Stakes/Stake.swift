import ModuleKit

/// What one user has staked on one validator, in every state in which stake can be.
///
/// A value alone: it knows no channel, no clock and no store. Amounts are in the vault's token. All amounts of a user
/// together are bounded by his collateral, which `prepareStake` makes sure of; so later sums can't overflow, and
/// saturating arithmetic is exact.
///
/// Invariants (``violation``): unstakes in flight are within what is committed; lists are sorted and within their
/// limits; what was handed back and has not landed is within what is in flight; once closed or tombstoned, nothing is
/// committed.
struct Stake: Hashable, Sendable {
    /// How many operations may be in flight.
    static let operationsMax = 16
    /// How many pending unbondings there may be. A further one is merged into the newest, and takes its time of
    /// release.
    static let unbondingsMax = 32
    /// Out of how many unbondings payments are remembered: those that there are at the tombstone, and those of stakes that
    /// land later. A further one is merged into the newest.
    static let paymentsMax = 64
    /// How many dated stakes are kept. With as many within one unbonding period, and in flight, no further stake is
    /// taken.
    static let historyMax = 64

    /// Staked for certain; unstakes in flight are part of it.
    var committed = Amount.zero
    /// Not decided yet, in the order of sending.
    var operations: [StakeOperation] = []
    /// By time of release, each time once.
    var unbondings: [Unbonding] = []
    /// What was staked within an unbonding period, by time of sending: who has to pay for an infraction depends on it.
    var history: [DatedStake] = []
    /// Handed back by the other chain, while it is still in flight by what is known here.
    var handedBack = Amount.zero
    /// Burned, while the other chain has not acknowledged that.
    var burning = Amount.zero
    /// Whether the closing of the channel is in these figures.
    var isClosed = false
    /// What it has earned.
    var rewards = StakeRewards()
    /// Whether the tombstone of the validator is in these figures.
    var isTombstoned = false
    /// Still pledged on the other chain, and to be burned there for the tombstone.
    var unpledging = Amount.zero
    /// What was taken for infractions of the validator, out of which unbonding; by time of release, each time once.
    var payments: [Unbonding] = []

    /// What is staked if all unstakes in flight succeed, and no stake does.
    var low: Amount { committed.saturatingSubtracting(inFlight(.unstake)) }

    /// What is staked if all stakes in flight succeed, and no unstake does.
    var high: Amount { committed.saturatingAdding(inFlight(.stake)) }

    /// What unbonds.
    var unbonding: Amount { unbondings.reduce(.zero) { $0.saturatingAdding($1.amount) } }

    /// What was taken for infractions of the validator.
    var paid: Amount { payments.reduce(.zero) { $0.saturatingAdding($1.amount) } }

    /// The part of the user's lien that this is.
    var liened: Amount { high.saturatingAdding(unbonding) }

    /// Whether there is nothing left to remember: without stake, nobody pays, whatever the history.
    var isEmpty: Bool { holdsNothing && rewards.isOver }

    /// Whether no stake is left, in whatever state; there may be rewards to claim.
    var holdsNothing: Bool {
        committed.isZero && operations.isEmpty && unbondings.isEmpty && burning.isZero && unpledging.isZero
    }

    /// What may still happen by operations of a kind.
    func inFlight(_ kind: StakeOperation.Kind) -> Amount {
        operations.reduce(.zero) { $1.kind == kind ? $0.saturatingAdding($1.remaining) : $0 }
    }

    /// What the other chain may still have in flight of what it was sent.
    var sentInFlight: Amount { operations.reduce(.zero) { $0.saturatingAdding($1.sent) } }

    /// Why this can't be a stake; nil where all invariants hold.
    var violation: String? {
        if inFlight(.unstake) > committed { return "more is being unstaked than is committed" }
        if handedBack > sentInFlight { return "more was handed back than is in flight" }
        if isClosed, !committed.isZero { return "something is committed after the closing" }
        if isTombstoned, !committed.isZero { return "something is committed after the tombstone" }
        if payments.count > Self.paymentsMax { return "there are too many payments" }
        if !isTombstoned, !payments.isEmpty { return "something was paid without a tombstone" }
        if isClosed || !isTombstoned, !unpledging.isZero { return "something is burned for no tombstone" }
        if operations.count > Self.operationsMax { return "too many operations are in flight" }
        if unbondings.count > Self.unbondingsMax { return "there are too many unbondings" }
        if history.count > Self.historyMax { return "the history is too long" }
        if unbondings.contains(where: { $0.amount.isZero }) { return "an unbonding is of nothing" }
        if zip(unbondings, unbondings.dropFirst()).contains(where: { $0.releaseAt >= $1.releaseAt }) {
            return "unbondings are out of order"
        }
        if zip(history, history.dropFirst()).contains(where: { $0.sentAt >= $1.sentAt }) {
            return "the history is out of order"
        }
        return nil
    }
}

extension Stake {
    /// Puts an amount among the unbondings; nothing for an amount of zero.
    mutating func unbond(_ amount: Amount, until releaseAt: Timestamp) {
        guard !amount.isZero else { return }
        var place = unbondings.count
        while place > 0, unbondings[place - 1].releaseAt > releaseAt { place -= 1 }
        if place > 0, unbondings[place - 1].releaseAt == releaseAt {
            unbondings[place - 1].amount = unbondings[place - 1].amount.saturatingAdding(amount)
            return
        }
        unbondings.insert(Unbonding(amount: amount, releaseAt: releaseAt), at: place)
        guard unbondings.count > Self.unbondingsMax, let newest = unbondings.popLast(),
            let merged = unbondings.indices.last
        else { return }
        unbondings[merged].amount = unbondings[merged].amount.saturatingAdding(newest.amount)
        unbondings[merged].releaseAt = newest.releaseAt
    }
}
