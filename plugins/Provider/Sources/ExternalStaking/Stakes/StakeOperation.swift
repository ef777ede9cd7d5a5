import ModuleKit

/// A change of a stake that the other chain has not decided on yet.
///
/// Invariant: `remaining` and `cut` add up to what was sent, less what has been taken out for good.
struct StakeOperation: Hashable {
    /// What was asked for.
    enum Kind {
        case stake
        case unstake
    }

    /// The number by which the other chain knows it.
    let transaction: UInt64
    let kind: Kind
    /// What will be done when it succeeds.
    var remaining: Amount
    /// What was cut since it was sent: of a stake, it is burned when the stake succeeds; of an unstake, when it fails.
    var cut: Amount = .zero
    /// When it was sent, by this chain's time.
    let sentAt: Timestamp

    /// All of it that the other chain knows of.
    var sent: Amount { remaining.saturatingAdding(cut) }
}

/// Stake that has left the other chain, and can still be slashed.
struct Unbonding: Hashable {
    var amount: Amount
    /// From this time on it is free. It began one unbonding period before.
    var releaseAt: Timestamp
}

/// How much was staked, and when it was sent: it may have had power from then on.
struct DatedStake: Hashable {
    var amount: Amount
    let sentAt: Timestamp
}
