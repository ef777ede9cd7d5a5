import BankEvents
import ModuleKit
import StakingEvents

extension StakingState {
    func apply(_ event: StakingDelegated, to state: StateWriter) throws(ModuleError) {
        if event.hasSubAccount { try insert(event.subAccount, in: state) }
        let amount = try Amount(event.amount.amount)
        let validator = try Address(bech32: event.validator)
        try addShares(
            try Decimal18(event.shares),
            of: try Address(bech32: event.delegator),
            at: validator,
            for: amount,
            in: state
        )
        if event.hasRecallable { try remember(SignedAmount(amount), event.recallable, at: validator, in: state) }
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            try totals.add(amount, to: StakingPool(isBonded: event.isValidatorBonded))
        }
    }

    func apply(_ event: StakingUndelegated, to state: StateWriter) throws(ModuleError) {
        let key = DelegationKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        let amount = try Amount(event.amount.amount)
        try removeShares(
            try Decimal18(event.shares),
            of: key,
            for: amount,
            jails: event.jailsValidator,
            in: state
        )
        if event.hasRecalled {
            let change = SignedAmount(amount, isNegative: true)
            try remember(change, event.recalled, at: key.second, in: state)
        }
        let pool = StakingPool(isBonded: event.isValidatorBonded)
        if event.completionTimeNanoseconds == 0 {
            try changeTotals(in: state) { (totals) throws(ModuleError) in try totals.remove(amount, from: pool) }
            return
        }
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            try totals.move(amount, from: pool, to: .notBonded)
        }
        try addUnbonding(
            .with {
                $0.creationHeight = event.creationHeight
                $0.completionTimeNanoseconds = event.completionTimeNanoseconds
                $0.initialBalance = event.amount.amount
                $0.balance = event.amount.amount
            },
            to: key,
            in: state
        )
    }

    func apply(_ event: StakingRedelegated, to state: StateWriter) throws(ModuleError) {
        let delegator = try Address(bech32: event.delegator)
        let source = try Address(bech32: event.source)
        let destination = try Address(bech32: event.destination)
        let amount = try Amount(event.amount.amount)
        try removeShares(
            try Decimal18(event.sourceShares),
            of: DelegationKey(delegator, source),
            for: amount,
            jails: event.jailsSource,
            in: state
        )
        try addShares(
            try Decimal18(event.destinationShares),
            of: delegator,
            at: destination,
            for: amount,
            in: state
        )
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            try totals.move(
                amount,
                from: StakingPool(isBonded: event.isSourceBonded),
                to: StakingPool(isBonded: event.isDestinationBonded)
            )
        }
        guard event.completionTimeNanoseconds != 0 else { return }
        let key = RedelegationKey(delegator, source, destination)
        let entry = StakingRedelegationEntry.with {
            $0.creationHeight = event.creationHeight
            $0.completionTimeNanoseconds = event.completionTimeNanoseconds
            $0.initialBalance = event.amount.amount
            $0.destinationShares = event.destinationShares
        }
        try addRedelegation(entry, to: key, in: state)
    }

    /// Adds coins to a validator and their shares to a delegation.
    func addShares(
        _ shares: Decimal18,
        of delegator: Address,
        at validator: Address,
        for amount: Amount,
        in state: StateWriter
    ) throws(ModuleError) {
        try changeStake(of: validator, in: state) { (stake) throws(ModuleError) in try stake.add(amount, shares) }
        try delegations.update(DelegationKey(delegator, validator), in: state) { (delegation) throws(ModuleError) in
            delegation = DelegationStake(shares: try (delegation?.shares ?? .zero).adding(shares))
        }
    }

    /// Takes coins from a validator and their shares from a delegation, which ends without any.
    func removeShares(
        _ shares: Decimal18,
        of key: DelegationKey,
        for amount: Amount,
        jails: Bool = false,
        in state: StateWriter
    ) throws(ModuleError) {
        try changeStake(of: key.second, in: state) { (stake) throws(ModuleError) in
            try stake.remove(amount, shares)
            if jails { stake.isJailed = true }
        }
        try delegations.update(key, in: state) { (delegation) throws(ModuleError) in
            guard let held = delegation?.shares else { throw Self.doesNotFit("taking shares of no delegation") }
            let rest = try held.subtracting(shares)
            delegation = rest.isZero ? nil : DelegationStake(shares: rest)
        }
    }
}
