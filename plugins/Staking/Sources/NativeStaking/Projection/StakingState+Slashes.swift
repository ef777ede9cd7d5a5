import ModuleKit
import StakingEvents

extension StakingState {
    func apply(_ event: StakingSlashStarted, to state: StateWriter) throws(ModuleError) {
        let slash = StakingSlashInProgress.with {
            $0.validator = event.validator
            $0.infractionHeight = event.infractionHeight
            $0.fraction = event.fraction
            $0.remaining = event.amount
            $0.timeNanoseconds = event.timeNanoseconds
        }
        try slashes.set(slash, for: event.slash, in: state)
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            let (next, overflow) = event.slash.addingReportingOverflow(1)
            guard !overflow else { throw Self.doesNotFit("the last number of all slashes") }
            totals.nextSlash = next
        }
        try changeStake(of: try Address(bech32: event.validator), in: state) { (stake) throws(ModuleError) in
            let (count, overflow) = stake.slashesInProgress.addingReportingOverflow(1)
            guard !overflow else { throw Self.doesNotFit("one slash too many") }
            stake.slashesInProgress = count
        }
    }

    func apply(_ event: StakingSlashContinued, to state: StateWriter) throws(ModuleError) {
        var slash = try slash(event.slash, in: state)
        slash.isInRedelegations = event.isInRedelegations
        slash.delegator = event.delegator
        slash.destination = event.destination
        try slashes.set(slash, for: event.slash, in: state)
    }

    func apply(_ event: StakingUnbondingSlashed, to state: StateWriter) throws(ModuleError) {
        let key = DelegationKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        try cut(event.cuts, from: key, in: state)
        let burned = try Amount(event.burned.amount)
        try changeTotals(in: state) { (totals) throws(ModuleError) in try totals.remove(burned, from: .notBonded) }
        try credit(try Amount(event.credited), to: event.slash, in: state)
    }

    func apply(_ event: StakingRedelegationSlashed, to state: StateWriter) throws(ModuleError) {
        let key = DelegationKey(try Address(bech32: event.delegator), try Address(bech32: event.destination))
        try cut(event.cuts, from: key, in: state)
        let shares = try Decimal18(event.shares)
        let burned = try Amount(event.burned.amount)
        if !shares.isZero { try removeShares(shares, of: key, for: burned, in: state) }
        let unbondingBurned = try Amount(event.unbondingBurned.amount)
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            try totals.remove(unbondingBurned, from: .notBonded)
            try totals.remove(burned, from: StakingPool(isBonded: event.isDestinationBonded))
        }
        try credit(try Amount(event.credited), to: event.slash, in: state)
    }

    func apply(_ event: StakingValidatorSlashed, to state: StateWriter) throws(ModuleError) {
        let burned = try Amount(event.burned.amount)
        try changeStake(of: try Address(bech32: event.validator), in: state) { (stake) throws(ModuleError) in
            guard stake.slashesInProgress > 0 else { throw Self.doesNotFit("the end of a slash that never began") }
            stake.tokens = try stake.tokens.subtracting(burned)
            stake.slashesInProgress -= 1
        }
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            try totals.remove(burned, from: StakingPool(isBonded: event.isValidatorBonded))
        }
        try slashes.remove(event.slash, in: state)
    }

    /// A slash that is not complete.
    func slash(_ number: UInt64, in state: some StateReading) throws(ModuleError) -> StakingSlashInProgress {
        guard let slash = try slashes.value(for: number, in: state) else {
            throw Self.doesNotFit("a part of a slash that never began")
        }
        return slash
    }

    /// Lowers the balances of unbonding entries; an entry without balance stays until it is due.
    private func cut(_ cuts: [StakingEntryCut], from key: DelegationKey, in state: StateWriter) throws(ModuleError) {
        guard !cuts.isEmpty else { return }
        var record = try unbondings.value(for: key, in: state) ?? StakingUnbondingDelegation()
        for cut in cuts {
            let index = Int(cut.entry)
            guard record.entries.indices.contains(index) else { throw Self.doesNotFit("a cut of nothing") }
            let balance = try Amount(record.entries[index].balance)
            record.entries[index].balance = try balance.subtracting(try Amount(cut.amount)).description
        }
        try unbondings.set(record, for: key, in: state)
    }

    /// Lowers what the validator itself has to pay, not below zero.
    func credit(_ amount: Amount, to number: UInt64, in state: StateWriter) throws(ModuleError) {
        var slash = try slash(number, in: state)
        slash.remaining = try Amount(slash.remaining).saturatingSubtracting(amount).description
        try slashes.set(slash, for: number, in: state)
    }
}
