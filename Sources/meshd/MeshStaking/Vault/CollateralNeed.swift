import ModuleKit
import VaultEvents

/// What a vault asks of an account before a lien may grow.
struct CollateralNeed {
    /// What has to be bonded besides what is there; zero where that is enough.
    let missing: Amount

    /// Counts as the vault does: no lien is larger than the collateral, and all of them together can't be slashed by more
    /// than it. The slashable part of a lien is rounded down. (Spec section 4.)
    ///
    /// - Parameters:
    ///   - account: what is in the vault.
    ///   - amount: by how much the lien grows.
    ///   - holder: the number of the instance whose lien it is.
    ///   - slashable: what can be slashed of it, where it is new; a lien keeps what it began with.
    /// - Throws: `invalidAmount`, `invalidDecimal` for an answer that no vault gives.
    init(
        _ account: VaultAccountDetails,
        growing amount: Amount,
        of holder: UInt32,
        slashable: Decimal18
    ) throws(ModuleError) {
        var (total, part) = (amount, slashable)
        var others = Amount.zero
        for lien in account.liens {
            let (high, slashable) = (try Amount(lien.amount.high), try Decimal18(lien.slashable))
            if lien.holder.number == holder {
                (total, part) = (total.saturatingAdding(high), slashable)
            } else {
                others = others.saturatingAdding(try high.multiplied(by: slashable, rounding: .floor))
            }
        }
        let together = others.saturatingAdding(try total.multiplied(by: part, rounding: .floor))
        missing = max(total, together).saturatingSubtracting(try Amount(account.bonded))
    }
}
