import ModuleKit
import RewardsEvents

/// What the fee collector holds is shared out, of whatever denominations.
///
/// Anybody can pay fees in dust of many denominations. That can't keep others' rewards back: the chain's own denominations
/// are shared out in every block, and all others in turn. Nor can it take them away: the chain's own denominations always have a
/// place among those that are shared out by power. They are those of stake and of provisions, and those that the parameters name.
/// The others take the places that are free; what finds none goes to the community pool, as the event says.
extension Rewards {
    /// How many denominations one block shares out, beside the chain's own; more wait for the next.
    static let collectedMax: UInt32 = 64

    /// Shares out what is there.
    func distribute(_ context: Context) throws(ModuleError) {
        let collector = RewardsAccount.feeCollector.address
        let source = try stakeSource(context)
        let index = try collections.powerIndex.value(in: context) ?? PowerIndex()
        let start = index.nextDenom
        var (collected, next) = try source.balances(of: collector, from: start, limit: Self.collectedMax)
        if start != nil || next != nil {
            // What lies elsewhere in the order.
            for denom in try ownDenominations(context) where collected.amount(of: denom).isZero {
                collected = try collected.adding(Coin(try source.balance(of: collector, denom), denom))
            }
        }
        guard !collected.isEmpty || start != nil else { return }
        let pooled = try denominations(of: collected, withoutPlaceIn: index, context)
        try context.emit(
            .with {
                $0.distributed.collected = collected.proto
                $0.distributed.pooledDenoms = pooled.map(\.text)
                $0.distributed.nextDenom = next?.text ?? ""
            }
        )
    }

    /// What of some coins has no place in the power index, and finds none.
    private func denominations(of coins: Coins, withoutPlaceIn index: PowerIndex, _ context: Context)
        throws(ModuleError) -> [Denom]
    {
        let newcomers = coins.map(\.denom).filter { !index.entries.contains($0) }
        guard !newcomers.isEmpty else { return [] }
        let own = try ownDenominations(context)
        let taken = index.entries.count { !own.contains($0.denom) }
        let others = newcomers.filter { !own.contains($0) }
        return Array(others.dropFirst(max(0, PowerIndex.denominationsMax - taken)))
    }

    /// The denominations that are the chain's own: of stake, of provisions, and those that the parameters name.
    private func ownDenominations(_ context: Context) throws(ModuleError) -> [Denom] {
        let rules = try collections.currentRules(context)
        var own = [try stakeSource(context).bondDenom()]
        for denom in [rules.mintDenom].compactMap({ $0 }) + rules.sharedDenoms where !own.contains(denom) {
            own.append(denom)
        }
        return own
    }
}
