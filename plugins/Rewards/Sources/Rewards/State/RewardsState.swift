import ModuleKit
import RewardsEvents

/// What the module stores, and the ways in which it is read.
struct RewardsState: Sendable {
    let settings = StateItem<RewardsSettings>(1, "settings")
    let rules = StateItem<RewardRules>(2, "parameters")
    let inflation = StateItem<InflationState>(3, "inflation")
    let powerIndex = StateItem<PowerIndex>(4, "power_index")
    let recipients = StateItem<Recipients>(5, "recipients")
    let denominations = StateMap<Denom, DenominationLedger>(6, "denominations")
    let validators = StateMap<Address, ValidatorLedger>(7, "validators")
    /// By delegator and validator.
    let positions = StateMap<PositionKey, Position>(8, "positions")
    /// To whom rewards are paid, where that is not the delegator.
    let withdrawAddresses = StateMap<Address, Address>(9, "withdraw_addresses")

    /// The parameters.
    ///
    /// - Throws: `rewardsNotReady` before the instance was configured.
    func currentRules(_ state: some StateReading) throws(ModuleError) -> RewardRules {
        guard let rules = try rules.value(in: state) else {
            throw ModuleError(.rewardsNotReady, "the instance has no configuration yet: configure it, with {}")
        }
        return rules
    }

    /// The text forms of addresses on this chain.
    func prefixes(_ state: some StateReading) throws(ModuleError) -> AddressPrefixes {
        guard let settings = try settings.value(in: state) else {
            throw ModuleError(.rewardsNotReady, "the instance has no configuration yet: configure it, with {}")
        }
        return try AddressPrefixes(
            account: settings.accountPrefix,
            validatorOperator: settings.operatorPrefix,
            consensus: settings.consensusPrefix
        )
    }

    /// To which account a delegator's rewards are paid.
    func recipient(of delegator: Address, in state: some StateReading) throws(ModuleError) -> Address {
        try withdrawAddresses.value(for: delegator, in: state) ?? delegator
    }

    /// A validator as it would be if it was settled now, and what it would lose; nil where there is none.
    func settledValidator(_ validator: Address, in state: some StateReading) throws(ModuleError)
        -> (ledger: ValidatorLedger, lost: [Fraction])?
    {
        guard var ledger = try validators.value(for: validator, in: state) else { return nil }
        let lost = try ledger.settle(try powerIndex.value(in: state) ?? PowerIndex())
        return (ledger, lost)
    }

    /// A position as it would be if it was settled now; nil where there is none.
    func settledPosition(_ key: PositionKey, in state: some StateReading) throws(ModuleError) -> Position? {
        guard var position = try positions.value(for: key, in: state),
            let validator = try settledValidator(key.second, in: state)
        else { return nil }
        try position.settle(with: validator.ledger)
        return position
    }
}

/// A delegator and a validator.
typealias PositionKey = Pair<Address, Address>
