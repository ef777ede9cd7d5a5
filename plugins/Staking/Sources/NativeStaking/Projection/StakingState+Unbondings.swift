import ModuleKit
import StakingEvents

/// Invariant: a key stands in a queue under exactly the completion times of its entries, and in the indexes while it
/// has entries.
extension StakingState {
    /// Adds unbonding coins; those of one height and completion time are one entry.
    func addUnbonding(_ entry: StakingUnbondingEntry, to key: DelegationKey, in state: StateWriter)
        throws(ModuleError)
    {
        var record = try unbondings.value(for: key, in: state) ?? StakingUnbondingDelegation()
        if let index = record.entries.firstIndex(where: {
            $0.creationHeight == entry.creationHeight
                && $0.completionTimeNanoseconds == entry.completionTimeNanoseconds
        }) {
            let old = record.entries[index]
            record.entries[index].balance = try Amount(old.balance).adding(try Amount(entry.balance)).description
            record.entries[index].initialBalance =
                try Amount(old.initialBalance).adding(try Amount(entry.initialBalance)).description
        } else {
            record.entries.append(entry)
        }
        try unbondings.set(record, for: key, in: state)
        try unbondingsByValidator.set(Unit(), for: Pair(key.second, key.first), in: state)
        let time = Timestamp(nanoseconds: entry.completionTimeNanoseconds)
        try unbondingQueue.move(key, from: nil, to: time, in: state)
    }

    /// Adds redelegated coins; those of one height and completion time are one entry.
    func addRedelegation(_ entry: StakingRedelegationEntry, to key: RedelegationKey, in state: StateWriter)
        throws(ModuleError)
    {
        var record = try redelegations.value(for: key, in: state) ?? StakingRedelegation()
        if let index = record.entries.firstIndex(where: {
            $0.creationHeight == entry.creationHeight
                && $0.completionTimeNanoseconds == entry.completionTimeNanoseconds
        }) {
            let old = record.entries[index]
            record.entries[index].initialBalance =
                try Amount(old.initialBalance).adding(try Amount(entry.initialBalance)).description
            record.entries[index].destinationShares =
                try Decimal18(old.destinationShares).adding(try Decimal18(entry.destinationShares)).description
        } else {
            record.entries.append(entry)
        }
        try redelegations.set(record, for: key, in: state)
        let bySource = Triple<Address, Address, Address>(key.source, key.delegator, key.destination)
        try redelegationsBySource.set(Unit(), for: bySource, in: state)
        let destination = DelegationKey(key.delegator, key.destination)
        try redelegationsByDestination.move(key.source, from: nil, to: destination, in: state)
        let time = Timestamp(nanoseconds: entry.completionTimeNanoseconds)
        try redelegationQueue.move(key, from: nil, to: time, in: state)
    }

    func apply(_ event: StakingUnbondingCancelled, to state: StateWriter) throws(ModuleError) {
        let delegator = try Address(bech32: event.delegator)
        let validator = try Address(bech32: event.validator)
        let amount = try Amount(event.amount.amount)
        let key = DelegationKey(delegator, validator)
        var record = try unbondings.value(for: key, in: state) ?? StakingUnbondingDelegation()
        guard
            let index = record.entries.firstIndex(where: {
                $0.creationHeight == event.creationHeight
                    && $0.completionTimeNanoseconds == event.completionTimeNanoseconds
            })
        else { throw Self.doesNotFit("the end of an unbonding that never began") }
        let entry = record.entries[index]
        let balance = try Amount(entry.balance).subtracting(amount)
        if balance.isZero {
            record.entries.remove(at: index)
        } else {
            record.entries[index].balance = balance.description
            record.entries[index].initialBalance = try Amount(entry.initialBalance).subtracting(amount).description
        }
        try store(record, for: key, leaving: [event.completionTimeNanoseconds], in: state)
        try addShares(try Decimal18(event.shares), of: delegator, at: validator, for: amount, in: state)
        try changeTotals(in: state) { (totals) throws(ModuleError) in
            try totals.move(amount, from: .notBonded, to: StakingPool(isBonded: event.isValidatorBonded))
        }
    }

    func apply(_ event: StakingUnbondingCompleted, to state: StateWriter) throws(ModuleError) {
        let key = DelegationKey(try Address(bech32: event.delegator), try Address(bech32: event.validator))
        var record = try unbondings.value(for: key, in: state) ?? StakingUnbondingDelegation()
        let due = record.entries.filter { $0.completionTimeNanoseconds <= event.timeNanoseconds }
        record.entries.removeAll { $0.completionTimeNanoseconds <= event.timeNanoseconds }
        try store(record, for: key, leaving: due.map(\.completionTimeNanoseconds), in: state)
        let amount = try Amount(event.amount.amount)
        try changeTotals(in: state) { (totals) throws(ModuleError) in try totals.remove(amount, from: .notBonded) }
    }

    func apply(_ event: StakingRedelegationCompleted, to state: StateWriter) throws(ModuleError) {
        let key = RedelegationKey(
            try Address(bech32: event.delegator),
            try Address(bech32: event.source),
            try Address(bech32: event.destination)
        )
        var record = try redelegations.value(for: key, in: state) ?? StakingRedelegation()
        let due = record.entries.filter { $0.completionTimeNanoseconds <= event.timeNanoseconds }
        record.entries.removeAll { $0.completionTimeNanoseconds <= event.timeNanoseconds }
        for entry in due {
            let time = Timestamp(nanoseconds: entry.completionTimeNanoseconds)
            try redelegationQueue.move(key, from: time, to: nil, in: state)
        }
        guard record.entries.isEmpty else {
            try redelegations.set(record, for: key, in: state)
            return
        }
        try redelegations.remove(key, in: state)
        let bySource = Triple<Address, Address, Address>(key.source, key.delegator, key.destination)
        try redelegationsBySource.remove(bySource, in: state)
        let destination = DelegationKey(key.delegator, key.destination)
        try redelegationsByDestination.move(key.source, from: destination, to: nil, in: state)
    }

    /// Stores what is left of unbonding coins, and takes the times that no entry has any more out of the queue.
    private func store(
        _ record: StakingUnbondingDelegation,
        for key: DelegationKey,
        leaving times: [UInt64],
        in state: StateWriter
    ) throws(ModuleError) {
        for time in times where !record.entries.contains(where: { $0.completionTimeNanoseconds == time }) {
            try unbondingQueue.move(key, from: Timestamp(nanoseconds: time), to: nil, in: state)
        }
        if record.entries.isEmpty {
            try unbondings.remove(key, in: state)
            try unbondingsByValidator.remove(Pair(key.second, key.first), in: state)
        } else {
            try unbondings.set(record, for: key, in: state)
        }
    }
}
