import ModuleKit
import StakingEvents

extension StakingState {
    func apply(_ event: StakingValidatorImported, to state: StateWriter) throws(ModuleError) {
        let imported = event.validator
        let validator = try Address(bech32: imported.operator)
        let stake = try ValidatorStake(imported.stake)
        let profile = StakingValidatorProfile.with {
            $0.consensusKey = imported.consensusKey
            $0.description_p = imported.description_p
            $0.commission = imported.commission
            $0.minSelfDelegation = imported.minSelfDelegation
        }
        try insert(validator, profile, stake, in: state)
        if stake.status == .unbonding {
            try unbondingValidators.move(validator, from: nil, to: stake.unbondingTime, in: state)
        }
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            try totals.add(stake.tokens, to: StakingPool(isBonded: stake.isBonded))
        }
    }

    func apply(_ event: StakingDelegationImported, to state: StateWriter) throws(ModuleError) {
        let key = DelegationKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        try delegations.set(DelegationStake(shares: try Decimal18(event.shares)), for: key, in: state)
    }

    func apply(_ event: StakingUnbondingImported, to state: StateWriter) throws(ModuleError) {
        let key = DelegationKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        for entry in event.entries {
            try addUnbonding(entry, to: key, in: state)
            let balance = try Amount(entry.balance)
            try changeTotals(in: state) { (totals) throws(ModuleError) in try totals.add(balance, to: .notBonded) }
        }
    }

    func apply(_ event: StakingRedelegationImported, to state: StateWriter) throws(ModuleError) {
        let key = RedelegationKey(
            try Address(bech32: event.delegator),
            try Address(bech32: event.source),
            try Address(bech32: event.destination)
        )
        for entry in event.entries { try addRedelegation(entry, to: key, in: state) }
    }

    /// Keeps whose sub-account an address is, from its first delegation on.
    func insert(_ subAccount: StakingSubAccount, in state: StateWriter) throws(ModuleError) {
        let address = try subAccount.address
        if try subAccounts.contains(address, in: state) { return }
        try subAccounts.set(subAccount, for: address, in: state)
    }
}
