import ConverterEvents
import ModuleKit
import StakingEvents
import VirtualStakingEvents

/// What virtual staking hands over is kept by validator until it goes to the provider.
extension Converter {
    /// Takes what was collected at a validator. The coins are at the converter's address by now.
    ///
    /// - Throws: `pairIncomplete` where it is not the pair's virtual staking that hands it over, `wrongRewardDenomination`; both
    ///   veto the handing over.
    func follow(_ collected: VirtualStakingRewardsCollected, of origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        guard collected.converter == context.identity.number else { return }
        let coin = try collected.coin.coin()
        guard !coin.amount.isZero else { return }
        let settings = try requireSettings(context)
        guard virtualStaking(settings, context)?.number == origin.instance.number else {
            throw ModuleError(
                .pairIncomplete,
                "\(origin.instance.label) is not the virtual staking of this converter: the two have to name each other"
            )
        }
        let denom = try rewardDenomination(settings, context)
        guard coin.denom == denom else {
            throw ModuleError(.wrongRewardDenomination, "\(coin) is no reward: this pairing's rewards are \(denom)")
        }
        try context.emit(
            .with {
                $0.rewardsCollected.validator = collected.validator
                $0.rewardsCollected.coin = ProtoCoin(coin)
            }
        )
    }

    /// What rewards are: what was collected before, or what the settings say, or the bond denomination.
    func rewardDenomination(_ settings: ConverterSettings, _ context: Context) throws(ModuleError) -> Denom {
        if let totals = try rewardTotals.value(in: context) { return try Denom(totals.denom) }
        return try settledDenomination(settings, context)
    }

    /// Checks that the denomination of rewards stays what it is once some were collected.
    ///
    /// - Throws: `converterSettingFixed`.
    func requireKeptDenomination(_ settings: ConverterSettings, _ context: Context) throws(ModuleError) {
        guard let totals = try rewardTotals.value(in: context) else { return }
        let denom = try settledDenomination(settings, context)
        guard denom.text == totals.denom else {
            throw ModuleError(
                .converterSettingFixed,
                "rewards were collected in \(totals.denom), so they can't be \(denom) from now on: leave denom as it is"
            )
        }
    }

    private func settledDenomination(_ settings: ConverterSettings, _ context: Context) throws(ModuleError) -> Denom {
        guard settings.rewards.denom.isEmpty else { return try Denom(settings.rewards.denom) }
        let query = StakingQuery.with { $0.parameters = .init() }
        return try Denom(try context.ask(query, of: try nativeStaking(context)).parameters.bondDenom)
    }
}
