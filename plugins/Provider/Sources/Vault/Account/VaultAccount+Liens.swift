import ModuleKit
import VaultEvents

/// What comes into an account and leaves it.
extension VaultAccount {
    /// Brings collateral in.
    ///
    /// - Throws: `arithmeticOverflow`.
    mutating func bond(_ amount: Amount) throws(ModuleError) {
        collateral = try collateral.adding(amount)
    }

    /// Takes collateral out.
    ///
    /// - Throws: `collateralLocked` for more than is free whatever comes of what is in flight.
    mutating func unbond(_ amount: Amount) throws(ModuleError) {
        guard amount <= free.low else {
            throw ModuleError(
                .collateralLocked,
                "\(amount) can't leave the vault: of \(collateral), \(free) is free of liens; release stake first"
            )
        }
        collateral = collateral.saturatingSubtracting(amount)
    }

    /// Forgets slashed coins that were destroyed.
    ///
    /// - Throws: `arithmeticUnderflow` for more than there are.
    mutating func burn(_ amount: Amount) throws(ModuleError) {
        unburned = try unburned.subtracting(amount)
        trimBounties()
    }
}

/// What becomes of liens.
extension VaultAccount {
    /// Makes a lien, or a larger one; the added part is in flight.
    ///
    /// - Parameter slashable: of a new lien; one that there is keeps its own.
    /// - Throws: `lienPurposeMismatch`, `invalidSlashableFraction`, `insufficientCollateral`; nothing changes then.
    mutating func take(_ amount: Amount, by holder: UInt32, for purpose: Lien.Purpose, slashable: Decimal18)
        throws(ModuleError)
    {
        guard slashable <= .one else {
            throw ModuleError(
                .invalidSlashableFraction,
                "of a lien at most all of it can be slashed, and instance \(holder) says \(slashable.shortDescription)"
            )
        }
        try requireCover(for: amount, by: holder, for: purpose)
        var changed = self
        let index = liens.firstIndex { $0.holder >= holder } ?? liens.endIndex
        if lien(of: holder) == nil {
            changed.liens.insert(Lien(holder: holder, purpose: purpose, slashable: slashable), at: index)
        }
        try changed.liens[index].take(amount)
        let part = changed.liens[index].slashableAmount.high
        let others = totalSlashable.high.saturatingSubtracting(lien(of: holder)?.slashableAmount.high ?? .zero)
        guard part <= collateral.saturatingSubtracting(others) else {
            throw ModuleError(
                .insufficientCollateral,
                "\(part) of this lien could be slashed, and \(others) of the others, together more than the collateral of "
                    + "\(collateral): bond more, or stake less"
            )
        }
        self = changed
    }

    /// Checks all that can be checked before the holder has said what can be slashed.
    ///
    /// - Throws: `lienPurposeMismatch`, `insufficientCollateral`.
    func requireCover(for amount: Amount, by holder: UInt32, for purpose: Lien.Purpose) throws(ModuleError) {
        let lien = lien(of: holder)
        guard lien == nil || lien?.purpose == purpose else {
            throw ModuleError(
                .lienPurposeMismatch,
                "instance \(holder) has a lien for \(lien?.purpose == .local ? "local" : "remote") stake: it can't be used "
                    + "for the other kind before it is released"
            )
        }
        let room = collateral.saturatingSubtracting(lien?.total ?? .zero)
        guard amount <= room else {
            throw ModuleError(
                .insufficientCollateral,
                "\(amount) can't be staked: the lien may grow by \(room), to the collateral of \(collateral); bond more"
            )
        }
        let present = collateral.saturatingSubtracting(lent)
        guard purpose == .remote || amount <= present else {
            throw ModuleError(
                .insufficientCollateral,
                "\(amount) can't be staked on this chain: \(lent) of the collateral is staked here already, and \(present) "
                    + "is not; bond more"
            )
        }
    }

    /// Changes a holder's lien, which goes when it is over; nil where the holder has none.
    @discardableResult
    mutating func change<Result>(lienOf holder: UInt32, _ body: (inout Lien) -> Result) -> Result? {
        guard let index = liens.firstIndex(where: { $0.holder == holder }) else { return nil }
        let result = body(&liens[index])
        if liens[index].isOver { liens.remove(at: index) }
        return result
    }
}
