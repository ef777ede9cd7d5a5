import BankEvents
import ModuleKit
import StakingEvents

/// Stake that comes and goes without unbonding time: what a slash has to know of it, because it is no unbonding record.
///
/// Each entry holds the sum of all that came less all that went up to the end of its height, so that two of them tell what has
/// gone in between, however many blocks that were. Invariants: an entry stands in the queue until an unbonding time has passed;
/// those of one validator are due in the order of their heights; the sum of those that are not kept any more stands at height 0.
extension StakingState {
    /// Adds to what is remembered; all of one height is one entry.
    func remember(
        _ change: SignedAmount,
        _ period: StakingRecallPeriod,
        at validator: Address,
        in state: StateWriter
    ) throws(ModuleError) {
        let sum = try latestRecallable(at: validator, in: state)?.sum ?? .zero
        let key = Pair(validator, DescendingHeight(period.height))
        if try !recallable.contains(key, in: state) {
            try recallQueue.move(key, from: nil, to: Timestamp(nanoseconds: period.untilNanoseconds), in: state)
        }
        let entry = RecallableStake(sum: try sum.adding(change), until: Timestamp(nanoseconds: period.untilNanoseconds))
        try recallable.set(entry, for: key, in: state)
    }

    /// Drops the oldest entries, but for the sum that the next ones are compared with.
    func forgetRecalls(_ count: Int, in state: StateWriter) throws(ModuleError) {
        var due: [(time: Timestamp, key: Pair<Address, DescendingHeight>)] = []
        try recallQueue.forEach(in: state) { (time, key) throws(ModuleError) in
            guard due.count < count else { return false }
            due.append((time, key))
            return true
        }
        for (time, key) in due {
            guard let entry = try recallable.value(for: key, in: state) else {
                throw Self.doesNotFit("an end of what was never remembered")
            }
            try recallQueue.move(key, from: time, to: nil, in: state)
            try recallable.remove(key, in: state)
            let base = Pair(key.first, DescendingHeight(0))
            if entry.sum == .zero {
                try recallable.remove(base, in: state)
            } else {
                try recallable.set(entry, for: base, in: state)
            }
        }
    }

    /// The last entry of a validator; nil where no stake of this sort has come or gone.
    func latestRecallable(at validator: Address, in state: some StateReading) throws(ModuleError) -> RecallableStake? {
        var latest: RecallableStake?
        try recallable.forEach(startingWith: validator, in: state) { (_, entry) throws(ModuleError) in
            latest = entry
            return false
        }
        return latest
    }

    /// How much less of this stake there is at a validator than before a height; zero where there is more.
    ///
    /// - Complexity: O(log n) in what is remembered.
    func recalled(from validator: Address, since height: UInt64, in state: some StateReading) throws(ModuleError)
        -> Amount
    {
        guard let latest = try latestRecallable(at: validator, in: state) else { return .zero }
        var before = SignedAmount.zero
        if height > 0 {
            let start = Pair(validator, DescendingHeight(height - 1))
            try recallable.forEach(in: state, from: start) { (key, entry) throws(ModuleError) in
                if key.first == validator { before = entry.sum }
                return false
            }
        }
        let gone = try before.adding(latest.sum.negated)
        return gone.isNegative ? .zero : gone.magnitude
    }
}
