import ModuleKit
import RewardsEvents

extension Rewards {
    /// Mints the provisions of one block for the fee collector.
    ///
    /// An instance without the grant mints nothing, and shares out fees alone.
    func mintProvisions(_ rules: RewardRules, _ context: Context) throws(ModuleError) {
        let old = try collections.inflation.value(in: context) ?? InflationState()
        guard !rules.inflationMax.isZero || !old.inflation.isZero || !old.annualProvisions.isZero else { return }
        guard try context.isGranted(.mintProvisions) else { return }
        let source = try stakeSource(context)
        let bondDenom = try source.bondDenom()
        let next = try old.next(rules, bonded: try source.bonded(), supply: try source.supply(of: bondDenom))
        guard next != old || !next.blockProvision.isZero else { return }
        try context.emit(
            .with {
                $0.provisionsMinted = .with {
                    $0.inflation = next.inflation.shortDescription
                    $0.annualProvisions = next.annualProvisions.shortDescription
                    $0.amount = ProtoCoin(Coin(next.blockProvision, rules.mintDenom ?? bondDenom))
                }
            }
        )
    }
}
