public import ModuleKit

/// What one holder may claim of one user's collateral.
///
/// Invariants, kept by every operation: `inFlight <= total`; of a local lien `total <= lent`, of a remote one nothing is
/// lent; `slashable` is at most one. An operation takes as much as there is, and says how much that was: what a holder
/// reports has happened already, and can't be refused.
public struct Lien: Sendable, Hashable {
    /// Where the stake is that the lien is for.
    public enum Purpose: Sendable, Hashable {
        /// On this chain. The coins are with the holder.
        case local
        /// On another chain. The coins stay in the vault.
        case remote
    }

    /// The number of the instance that holds it.
    public let holder: UInt32
    /// Where the stake is.
    public let purpose: Purpose
    /// How much of it can be slashed at most, within an unbonding period; fixed when the lien was made.
    public let slashable: Decimal18
    /// What the holder claims, with all that is in flight.
    public internal(set) var total: Amount
    /// The part that the holder may still roll back.
    public internal(set) var inFlight: Amount
    /// The coins that are with the holder. Above `total` only from a cut until the holder has given its coins back.
    public internal(set) var lent: Amount
    /// What has left the lien since it was slashed, for one unbonding period, oldest first.
    public internal(set) var outflows: [LienOutflow]

    /// Describes a lien.
    public init(
        holder: UInt32,
        purpose: Purpose,
        slashable: Decimal18,
        total: Amount = .zero,
        inFlight: Amount = .zero,
        lent: Amount = .zero,
        outflows: [LienOutflow] = []
    ) {
        self.holder = holder
        self.purpose = purpose
        self.slashable = slashable
        self.total = total
        self.inFlight = inFlight
        self.lent = lent
        self.outflows = outflows
    }

    /// What the holder claims if everything in flight is void, and if it is not.
    public var amount: AmountRange { AmountRange(low: total.saturatingSubtracting(inFlight), high: total) }

    /// What can be slashed of either.
    public var slashableAmount: AmountRange {
        AmountRange(low: amount.low.part(slashable), high: amount.high.part(slashable))
    }

    /// Whether nothing is left of it.
    public var isOver: Bool { total.isZero && lent.isZero }
}

extension Lien {
    /// Claims more; all of it is in flight.
    ///
    /// - Throws: `arithmeticOverflow`; nothing changes then.
    mutating func take(_ amount: Amount) throws(ModuleError) {
        let total = try total.adding(amount)
        let lent = purpose == .local ? try lent.adding(amount) : .zero
        // Not above the total.
        inFlight = inFlight.saturatingAdding(amount)
        self.total = total
        self.lent = lent
    }

    /// Makes certain what is in flight.
    mutating func commit(upTo amount: Amount) -> Amount {
        let taken = min(amount, inFlight)
        inFlight = inFlight.saturatingSubtracting(taken)
        return taken
    }

    /// Gives up what is in flight.
    mutating func rollBack(upTo amount: Amount) -> Amount {
        let taken = min(amount, inFlight)
        inFlight = inFlight.saturatingSubtracting(taken)
        lower(by: taken)
        return taken
    }

    /// Gives up what is certain; of a local lien, coins that have come back.
    ///
    /// Coins that come back after a cut are no longer part of the total: the total follows what is lent only where it would
    /// be above it.
    mutating func release(upTo amount: Amount) -> Amount {
        switch purpose {
        case .remote:
            let taken = min(amount, self.amount.low)
            lower(by: taken)
            return taken
        case .local:
            let taken = min(amount, lent)
            lent = lent.saturatingSubtracting(taken)
            total = min(total, lent)
            inFlight = min(inFlight, total)
            return taken
        }
    }

    /// Gives way, whatever is in flight: what is certain first. Coins that are lent stay so until they come back.
    mutating func giveWay(by amount: Amount) {
        total = total.saturatingSubtracting(amount)
        inFlight = min(inFlight, total)
    }

    /// Takes over what is in flight after a cut; of a local lien, the coins of the cut have come back.
    ///
    /// - Returns: whether this changes anything.
    mutating func settleCut(inFlight amount: Amount) -> Bool {
        let before = self
        if purpose == .local { lent = total }
        inFlight = min(amount, total)
        return self != before
    }

    private mutating func lower(by amount: Amount) {
        total = total.saturatingSubtracting(amount)
        if purpose == .local { lent = lent.saturatingSubtracting(amount) }
    }
}
