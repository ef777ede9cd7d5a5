import ModuleKit
import RewardsEvents

extension Rewards {
    /// Moves a fee from who pays it to the fee collector; the first instance on a chain does. The bank vetoes what the payer
    /// does not have, or has not signed for.
    ///
    /// - Throws: `rewardsNotReady` before the instance was configured: nobody owns the fee collector then.
    func collect(_ fee: Fee, _ context: Context) throws(ModuleError) {
        guard context.firstInstance(ofModule: Self.manifest.name)?.number == context.identity.number else { return }
        _ = try collections.currentRules(context)
        guard !fee.coins.isEmpty else { return }
        try context.emit(
            .with {
                $0.feeCollected = .with {
                    $0.payer = context.accountText(fee.payer)
                    $0.amount = fee.coins.proto
                }
            }
        )
    }
}
