import ExternalStakingEvents
import MeshHost
import ModuleKit
import Storage

/// Questions about infractions.
extension ChainView {
    /// The validators that were proven guilty to an External Staking, by their texts.
    func offenders(at externalStaking: String) throws(CommandError) -> [ExternalStakingOffender] {
        try Pages.all { (start: String) throws(CommandError) in
            let page = try self.externalStaking(externalStaking) {
                $0.offenders.startValidator = start
                $0.offenders.limit = Self.pageSize
            }.offenders
            return (page.offenders, page.nextValidator)
        }
    }

    /// The first event of the block in which the first validator was proven guilty, to any External Staking of the chain: all
    /// that was ever slashed by evidence stands from there on. Nil where none was.
    func firstSlashingEvent() throws(CommandError) -> UInt64? {
        var first: UInt64?
        for instance in instances where instance.module == MeshModule.externalStaking.module {
            let times = try offenders(at: instance.label).map(\.tombstonedAt)
            first = [first, times.min()].compactMap(\.self).min()
        }
        return try first.map { (time) throws(CommandError) in try firstEvent(since: time) }
    }

    /// The first event of the first block that is not before a time, in nanoseconds; the number of all events where each is.
    ///
    /// - Complexity: O(log n) in the blocks.
    func firstEvent(since time: UInt64) throws(CommandError) -> UInt64 {
        let log = host.store.log
        do throws(StorageError) {
            // Invariant: blocks below `low`, or below the log's first, are before the time, and `high` is not, or is the end.
            var (low, high) = (UInt64(0), host.lastHeader.height + 1)
            while low < high {
                let middle = low + (high - low) / 2
                if let header = try log.header(at: middle), header.timeNanoseconds >= time {
                    high = middle
                } else {
                    low = middle + 1
                }
            }
            return try log.sequences(at: low)?.lowerBound ?? host.lastHeader.eventCount
        } catch {
            throw CommandError(error)
        }
    }

    /// Whether an External Staking knows a validator of the other chain.
    func knows(_ validator: String, at externalStaking: String) throws(CommandError) -> Bool {
        do {
            _ = try host.query(ExternalStakingQuery.with { $0.validator.validator = validator }, of: externalStaking)
            return true
        } catch {
            guard error.code == .notFound else { throw CommandError(error) }
            return false
        }
    }

    /// What an account has paid, and still owes, for validators that were proven guilty to an External Staking.
    func liabilities(of owner: String, at externalStaking: String) throws(CommandError) -> [ExternalStakingLiability] {
        try self.externalStaking(externalStaking) { $0.liabilities.owner = owner }.liabilities.liabilities
    }
}
