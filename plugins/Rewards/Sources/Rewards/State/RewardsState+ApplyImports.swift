import ModuleKit
import RewardsEvents

extension RewardsState {
    func apply(_ event: RewardsDenominationImported, to state: StateWriter) throws(ModuleError) {
        let denom = try Denom(event.denom)
        try denominations.set(try DenominationLedger(event.denomination), for: denom, in: state)
        guard event.denomination.isDistributed else { return }
        var index = try powerIndex.value(in: state) ?? PowerIndex()
        var entry = PowerIndex.Entry(denom)
        entry.points = try Decimal18(event.denomination.points)
        entry.carry = try Decimal18(event.denomination.carry)
        index.entries[denom] = entry
        try powerIndex.set(index, in: state)
    }

    /// Takes over what a validator has earned; shares and power come with the stake.
    func apply(_ event: RewardsValidatorImported, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        var ledger = try validators.value(for: validator, in: state) ?? ValidatorLedger()
        ledger.isRemoved = event.isRemoved
        ledger.entries = try ValidatorLedger.entries(event.rewards)
        try validators.set(ledger, for: validator, in: state)
    }

    func apply(_ event: RewardsPositionImported, to state: StateWriter) throws(ModuleError) {
        let key = PositionKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        var position = try positions.value(for: key, in: state) ?? Position()
        position.entries = try Position.entries(event.rewards)
        try positions.set(position, for: key, in: state)
    }
}
