import LocalStakingEvents
import ModuleKit
import VaultEvents

/// The vault has cut a lien. What it says has happened, and nobody can refuse it.
extension LocalStaking {
    /// How many validators are asked for forfeit stake while a cut is taken; the others at the end of the block.
    static let recallsPerCut = 16

    /// Shares the cut among the user's validators, and gives the vault what can be given at once.
    ///
    /// - Throws: `vaultNotNamed` for another vault than that of the stake.
    func take(_ cut: VaultLienCut, from vault: InstanceIdentity, _ context: Context) throws(ModuleError) {
        guard try binding.value(in: context)?.vault == vault.number else {
            throw ModuleError(.vaultNotNamed, "\(vault.label) cuts a lien that it never asked for: report this defect")
        }
        let owner = try Address(bech32: cut.owner)
        // What is gone is not cut: it would count against the cut.
        try countLosses(of: owner, context)
        let first = cut.validator.isEmpty ? nil : try Address(bech32: cut.validator)
        let parts = try account(of: owner, in: context).parts(ofCut: try Amount(cut.amount), first: first)
        guard !parts.isEmpty else { return }
        let returned = parts.reduce(Amount.zero) { $0.saturatingAdding($1.returned) }
        let payment = try payment(of: returned, context)
        try context.emit(
            .with {
                $0.stakeCut = .with {
                    $0.owner = cut.owner
                    $0.validator = cut.validator
                    $0.parts = parts.map { $0.record(context.addresses) }
                    if let payment { $0.payment = payment }
                }
            }
        )
        for part in parts.filter({ !$0.staked.isZero }).prefix(Self.recallsPerCut) {
            try recall(from: part.validator, of: owner, context)
        }
    }
}
