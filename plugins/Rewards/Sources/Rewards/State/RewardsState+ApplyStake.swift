import ModuleKit
import RewardsEvents

extension RewardsState {
    /// A validator that comes back, and still owes something from before, goes on where it was.
    func apply(_ event: RewardsValidatorAdded, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let rate = try Decimal18(event.commissionRate)
        if try !validators.contains(validator, in: state) {
            try validators.set(ValidatorLedger(), for: validator, in: state)
        }
        try changeValidator(validator, in: state) { (ledger) throws(ModuleError) in
            ledger.isRemoved = false
            ledger.commissionRate = rate
        }
    }

    func apply(_ event: RewardsCommissionChanged, to state: StateWriter) throws(ModuleError) {
        let rate = try Decimal18(event.commissionRate)
        try changeValidator(try Address(bech32: event.validator), in: state) { (ledger) throws(ModuleError) in
            ledger.commissionRate = rate
        }
    }

    func apply(_ event: RewardsValidatorRemoved, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let commission = try Coins(event.commission)
        if var recipients = try recipients.value(in: state), try validators.value(for: validator, in: state)?.power != 0
        {
            recipients.remove(validator)
            try self.recipients.set(recipients, in: state)
        }
        try changeValidator(validator, in: state) { (ledger) throws(ModuleError) in
            guard ledger.shares.isZero else { throw Self.doesNotFit("removing a validator that has shares") }
            ledger.power = 0
            ledger.commissionRate = .zero
            ledger.isRemoved = true
            try ledger.payCommission(commission)
            try giveToCommunity(try ledger.giveUpFractions(), in: state)
        }
        try pay(commission, in: state)
    }

    func apply(_ event: RewardsSharesChanged, to state: StateWriter) throws(ModuleError) {
        let key = PositionKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        let shares = try Decimal18(event.shares)
        try changePosition(key, in: state) { (position, ledger) throws(ModuleError) in
            ledger.shares = try ledger.shares.adding(shares).subtracting(position.shares)
            position.shares = shares
        }
    }

    func apply(_ event: RewardsWithdrawn, to state: StateWriter) throws(ModuleError) {
        let coins = try Coins(event.coins)
        // An order may have met nothing at all.
        guard !coins.isEmpty else { return }
        let key = PositionKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        try changePosition(key, in: state) { (position, ledger) throws(ModuleError) in
            try position.pay(coins)
            for coin in coins { try ledger.release(Decimal36(coin.amount), of: coin.denom) }
        }
        try pay(coins, in: state)
    }

    func apply(_ event: RewardsCommissionWithdrawn, to state: StateWriter) throws(ModuleError) {
        let coins = try Coins(event.coins)
        try changeValidator(try Address(bech32: event.validator), in: state) { (ledger) throws(ModuleError) in
            try ledger.payCommission(coins)
        }
        try pay(coins, in: state)
    }
}
