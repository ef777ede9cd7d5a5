public import ModuleKit

/// What one user has in a vault: collateral, and the liens on it.
///
/// A value, without clock and storage. Invariants, kept by every operation (mesh security, section 4):
/// - All liens together can be slashed by no more than the collateral: `totalSlashable.high <= collateral`.
/// - No lien is larger than the collateral: `maxLien.high <= collateral`.
/// - A holder has one lien. The liens are sorted by holder, and none is over.
/// - What is lent to local holders is collateral, or slashed and not destroyed yet.
public struct VaultAccount: Sendable, Hashable {
    /// What belongs to the user.
    public internal(set) var collateral: Amount
    /// What was slashed and is not destroyed yet, because a local holder has the coins.
    public internal(set) var unburned: Amount
    /// The liens, by holder.
    public internal(set) var liens: [Lien]
    /// The parts of `unburned` that are to be paid, and not destroyed.
    public internal(set) var bounties: [Bounty]

    /// An account with nothing in it.
    public init() {
        collateral = .zero
        unburned = .zero
        liens = []
        bounties = []
    }

    /// An account with all its parts; `faults` says whether they fit.
    public init(collateral: Amount, unburned: Amount = .zero, liens: [Lien] = [], bounties: [Bounty] = []) {
        self.collateral = collateral
        self.unburned = unburned
        self.liens = liens.sorted { $0.holder < $1.holder }
        self.bounties = bounties
    }

    /// Whether there is nothing to keep.
    public var isEmpty: Bool { collateral.isZero && unburned.isZero && liens.isEmpty }

    /// A holder's lien, or nil.
    public func lien(of holder: UInt32) -> Lien? { liens.first { $0.holder == holder } }
}

extension VaultAccount {
    /// The largest lien.
    public var maxLien: AmountRange {
        AmountRange(
            low: liens.reduce(.zero) { max($0, $1.amount.low) },
            high: liens.reduce(.zero) { max($0, $1.amount.high) }
        )
    }

    /// What can be slashed of all liens together: the part of each lien as a whole, rounded down.
    public var totalSlashable: AmountRange {
        AmountRange(
            low: liens.reduce(.zero) { $0.saturatingAdding($1.slashableAmount.low) },
            high: liens.reduce(.zero) { $0.saturatingAdding($1.slashableAmount.high) }
        )
    }

    /// The coins that are with local holders.
    public var lent: Amount { liens.reduce(.zero) { $0.saturatingAdding($1.lent) } }

    /// What could be taken out: the collateral without the largest lien, or without what can be slashed, whichever is more.
    ///
    /// Coins that are lent are not there to be taken; with one local holder its lien is as large.
    public var free: AmountRange {
        let lent = lent
        let (liens, slashable) = (maxLien, totalSlashable)
        return AmountRange(
            low: collateral.saturatingSubtracting(max(liens.high, slashable.high, lent)),
            high: collateral.saturatingSubtracting(max(liens.low, slashable.low, lent))
        )
    }

    /// What is slashed and can be destroyed now: the coins are in the vault.
    public var burnable: Amount {
        min(unburned, collateral.saturatingAdding(unburned).saturatingSubtracting(lent))
    }
}
