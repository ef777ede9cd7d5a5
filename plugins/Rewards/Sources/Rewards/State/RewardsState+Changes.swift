import ModuleKit
import RewardsEvents

/// The ways in which `apply` changes state: every change of a validator or a position begins with its settlement.
extension RewardsState {
    /// The error for an event that contradicts the state: a damaged log, or a defect.
    static func doesNotFit(_ what: String) -> ModuleError {
        ModuleError(.rewardEventDoesNotFit, "\(what) does not fit the state: the log is damaged, or of another version")
    }

    /// Settles a validator and changes it; one that is gone is forgotten as soon as it owes nothing.
    func changeValidator(
        _ validator: Address,
        in state: StateWriter,
        _ change: (inout ValidatorLedger) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        guard let settled = try settledValidator(validator, in: state) else {
            throw Self.doesNotFit("a change of a validator that is not there")
        }
        var ledger = settled.ledger
        try giveToCommunity(settled.lost, in: state)
        try change(&ledger)
        if ledger.isRemoved, ledger.owesNothing {
            try validators.remove(validator, in: state)
        } else {
            try validators.set(ledger, for: validator, in: state)
        }
    }

    /// Settles a position and its validator, and changes both. A position that is over is forgotten; its fractions go to the
    /// community pool.
    func changePosition(
        _ key: PositionKey,
        in state: StateWriter,
        _ change: (inout Position, inout ValidatorLedger) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        try changeValidator(key.second, in: state) { (ledger) throws(ModuleError) in
            var position = try positions.value(for: key, in: state) ?? Position()
            try position.settle(with: ledger)
            try change(&position, &ledger)
            guard try position.isOver() else {
                try positions.set(position, for: key, in: state)
                return
            }
            for fraction in position.rest { try ledger.release(fraction.amount, of: fraction.denom) }
            try giveToCommunity(position.rest, in: state)
            try positions.remove(key, in: state)
        }
    }

    /// Changes what is kept of a denomination; without coins and claims it is forgotten no more, for its totals stay.
    func changeDenomination(
        _ denom: Denom,
        in state: StateWriter,
        _ change: (inout DenominationLedger) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        var ledger = try denominations.value(for: denom, in: state) ?? DenominationLedger()
        try change(&ledger)
        try denominations.set(ledger, for: denom, in: state)
    }

    func giveToCommunity(_ fractions: [Fraction], in state: StateWriter) throws(ModuleError) {
        for fraction in fractions {
            try changeDenomination(fraction.denom, in: state) { (ledger) throws(ModuleError) in
                ledger.communityPool = try ledger.communityPool.adding(fraction.amount)
            }
        }
    }

    /// Notes that coins left the module's account.
    func pay(_ coins: Coins, in state: StateWriter) throws(ModuleError) {
        for coin in coins {
            try changeDenomination(coin.denom, in: state) { (ledger) throws(ModuleError) in
                try ledger.pay(coin.amount)
            }
        }
    }
}
