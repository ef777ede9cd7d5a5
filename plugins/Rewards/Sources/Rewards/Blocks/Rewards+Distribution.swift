import ModuleKit
import RewardsEvents

extension Rewards {
    /// How many denominations one block takes in, beside those that are shared out; more wait for the next.
    static let collectedMax: UInt32 = 64

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

    /// Takes in what the fee collector holds, of whatever denominations; those that are shared out never wait behind others.
    func distribute(_ rules: RewardRules, _ context: Context) throws(ModuleError) {
        let collector = RewardsAccount.feeCollector.address
        let source = try stakeSource(context)
        var collected = try source.balances(of: collector, limit: Self.collectedMax)
        guard !collected.isEmpty else { return }
        let bondDenom = try source.bondDenom()
        if collected.count >= Int(Self.collectedMax) {
            for denom in rules.sharedDenoms(bondDenom: bondDenom) where collected.amount(of: denom).isZero {
                collected = try collected.adding(Coin(try source.balance(of: collector, denom), denom))
            }
        }
        let recorded = collected
        try context.emit(
            .with {
                $0.distributed.collected = recorded.proto
                $0.distributed.bondDenom = bondDenom.text
            }
        )
    }
}
