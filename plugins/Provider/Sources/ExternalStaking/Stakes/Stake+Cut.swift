import ModuleKit

/// A slash, of this stake or of another one on the same collateral, takes a part.
extension Stake {
    /// What a cut has taken.
    struct Cut: Hashable {
        /// All that was taken.
        var amount: Amount
        /// The part that the other chain has to be told to burn, because it counts there.
        var burn: Amount
    }

    /// Takes an amount: of what is certain first, then of unbondings, the newest first, then of what is in flight,
    /// unstakes before stakes, the oldest first.
    ///
    /// Of an unbonding the other chain has let go already. Of an operation in flight, what is cut is decided with it:
    /// see `commitStake` and `rollBackUnstake`.
    ///
    /// - Returns: at most what there is.
    mutating func cut(_ amount: Amount) -> Cut {
        var rest = amount
        let certain = Self.take(low, &rest)
        committed = committed.saturatingSubtracting(certain)
        while !rest.isZero, let newest = unbondings.indices.last {
            let taken = Self.take(unbondings[newest].amount, &rest)
            unbondings[newest].amount = unbondings[newest].amount.saturatingSubtracting(taken)
            if unbondings[newest].amount.isZero { unbondings.removeLast() }
        }
        committed = committed.saturatingSubtracting(cutOperations(.unstake, &rest))
        _ = cutOperations(.stake, &rest)
        return Cut(amount: amount.saturatingSubtracting(rest), burn: certain)
    }

    private mutating func cutOperations(_ kind: StakeOperation.Kind, _ rest: inout Amount) -> Amount {
        var sum = Amount.zero
        for index in operations.indices where operations[index].kind == kind {
            let taken = Self.take(operations[index].remaining, &rest)
            operations[index].remaining = operations[index].remaining.saturatingSubtracting(taken)
            // After the closing nothing is burned, so nothing has to be remembered.
            if !isClosed { operations[index].cut = operations[index].cut.saturatingAdding(taken) }
            sum = sum.saturatingAdding(taken)
        }
        return sum
    }

    private static func take(_ available: Amount, _ rest: inout Amount) -> Amount {
        let taken = min(available, rest)
        rest = rest.saturatingSubtracting(taken)
        return taken
    }
}
