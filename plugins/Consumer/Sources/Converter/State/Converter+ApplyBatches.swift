import ConverterEvents
import ModuleKit

/// How batches come and go. What is in one is in no other place; when it is gone, all of it is where it belongs.
extension Converter {
    func apply(_ event: ConverterBatchSent, to state: StateWriter) throws(ModuleError) {
        let batch = event.batch
        if event.isNew {
            try take(batch, from: state)
        } else {
            let waiting = try remove(batch.id, from: state)
            guard waiting.stage == .waiting else { throw Self.inconsistent("a batch is sent that is under way") }
        }
        try keep(batch, in: state)
        try pauseBatches(until: 0, state)
    }

    func apply(_ event: ConverterBatchSettled, to state: StateWriter) throws(ModuleError) {
        let batch = try remove(event.id, from: state)
        switch (batch.stage, batch.place) {
        // It has arrived, and is to be announced.
        case (.transfer, .here): return try putBack(batch, at: .there, state)
        case (.announcement, .here):
            try settle(batch, state) { (totals, amount) throws(ModuleError) in
                totals.held = try totals.held.adding(amount)
            }
        case (.transferWithMemo, _), (.transfer, _), (.announcement, _):
            try settle(batch, state) { (totals, amount) throws(ModuleError) in
                totals.delivered = try totals.delivered.adding(amount)
            }
        default: throw Self.inconsistent("a batch is settled that is not under way")
        }
        for part in batch.parts {
            let validator = try Address(bech32: part.validator)
            if try suspensions.contains(validator, in: state) { try suspensions.remove(validator, in: state) }
        }
    }

    func apply(_ event: ConverterBatchReturned, to state: StateWriter) throws(ModuleError) {
        var batch = try remove(event.id, from: state)
        guard batch.stage != .waiting else { throw Self.inconsistent("a batch comes back that is not under way") }
        // Over a channel that has closed, nothing is announced any more.
        if batch.place == .there, try channel.value(in: state)?.isOpen != true {
            return try putBack(batch, at: .there, state)
        }
        guard event.isRefused else { return try wait(batch, until: event.dueNanoseconds, state) }
        switch batch.afterRefusal {
        case .again:
            batch.refusals = batch.refusals.incremented
            try wait(batch, until: event.dueNanoseconds, state)
        case .halves:
            let middle = batch.parts.count / 2
            for parts in [batch.parts[..<middle], batch.parts[middle...]] {
                batch.id = try nextBatchID(state)
                batch.parts = Array(parts)
                batch.amount = try batch.parts.rewardSum().description
                batch.refusals = 0
                try wait(batch, until: event.dueNanoseconds, state)
            }
        case .suspension(let part):
            try putBack(batch, at: batch.place, state)
            try suspensions.update(try Address(bech32: part.validator), in: state) { suspension in
                suspension = .with {
                    $0.refusals = (suspension?.refusals ?? 0).incremented
                    $0.dueNanoseconds = event.dueNanoseconds
                }
            }
        }
    }

    /// Until when no batch is sent; zero for no pause.
    func pauseBatches(until time: UInt64, _ state: StateWriter) throws(ModuleError) {
        let progress = try batchProgress.value(in: state)
        guard progress?.pausedUntilNanoseconds ?? 0 != time else { return }
        var changed = progress ?? ConverterBatchProgress()
        changed.pausedUntilNanoseconds = time
        try batchProgress.set(changed, in: state)
    }

    /// Puts back what waits in batches of some places.
    func dissolveWaitingBatches(in state: StateWriter, _ isMeant: (ConverterRewardPlace) -> Bool) throws(ModuleError) {
        var waiting: [UInt64] = []
        try batches.forEach(in: state) { (id, batch) throws(ModuleError) in
            if batch.stage == .waiting, isMeant(batch.place) { waiting.append(id) }
            return true
        }
        for id in waiting {
            let batch = try remove(id, from: state)
            try putBack(batch, at: batch.place, state)
        }
    }

    /// Counts the tokens of a batch that was announced as held, whatever the provider may have said.
    func countAsHeld(_ id: UInt64, _ state: StateWriter) throws(ModuleError) {
        try settle(try remove(id, from: state), state) { (totals, amount) throws(ModuleError) in
            totals.held = try totals.held.adding(amount)
        }
    }

    /// Takes a new batch out of what lies at its place.
    private func take(_ batch: ConverterBatch, from state: StateWriter) throws(ModuleError) {
        guard try nextBatchID(state) == batch.id else { throw Self.inconsistent("a batch has a number out of order") }
        for part in batch.parts {
            let validator = try Address(bech32: part.validator)
            let rewards = batch.place == .there ? arrivedRewards : waitingRewards
            try rewards.decrease(validator, by: try Amount(part.amount), in: state)
        }
        let amount = try Amount(batch.amount)
        try changeTotals(state) { (totals) throws(ModuleError) in
            totals[batch.place] = try totals[batch.place].subtracting(amount)
            totals.batched = try totals.batched.adding(amount)
        }
    }

    /// Puts what was in a batch where it is now.
    private func putBack(_ batch: ConverterBatch, at place: ConverterRewardPlace, _ state: StateWriter)
        throws(ModuleError)
    {
        try settle(batch, state) { (totals, amount) throws(ModuleError) in
            totals[place] = try totals[place].adding(amount)
        }
        for part in batch.parts {
            let rewards = place == .there ? arrivedRewards : waitingRewards
            try rewards.increase(try Address(bech32: part.validator), by: try Amount(part.amount), in: state)
        }
    }

    private func settle(
        _ batch: ConverterBatch,
        _ state: StateWriter,
        _ change: (inout RewardAmounts, Amount) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        let amount = try Amount(batch.amount)
        try changeTotals(state) { (totals) throws(ModuleError) in
            totals.batched = try totals.batched.subtracting(amount)
            try change(&totals, amount)
        }
    }

    private func wait(_ batch: ConverterBatch, until due: UInt64, _ state: StateWriter) throws(ModuleError) {
        var batch = batch
        batch.stage = .waiting
        (batch.sequence, batch.transfer, batch.dueNanoseconds) = (0, 0, due)
        try keep(batch, in: state)
    }

    /// The number of the next batch, which is taken.
    private func nextBatchID(_ state: StateWriter) throws(ModuleError) -> UInt64 {
        var progress = try batchProgress.value(in: state) ?? ConverterBatchProgress()
        guard progress.lastID < .max else { throw Self.inconsistent("there are no more numbers for batches") }
        progress.lastID += 1
        try batchProgress.set(progress, in: state)
        return progress.lastID
    }

    /// Keeps a batch with what leads to it.
    func keep(_ batch: ConverterBatch, in state: StateWriter) throws(ModuleError) {
        guard try !batches.contains(batch.id, in: state) else { throw Self.inconsistent("a batch is there twice") }
        try batches.set(batch, for: batch.id, in: state)
        if batch.stage == .waiting {
            let due = Timestamp(nanoseconds: batch.dueNanoseconds)
            try dueBatches.set(Unit(), for: Pair(due, batch.id), in: state)
        } else if batch.stage == .announcement {
            guard try !announcements.contains(batch.sequence, in: state) else {
                throw Self.inconsistent("a packet announces two batches")
            }
            try announcements.set(batch.id, for: batch.sequence, in: state)
        }
    }

    /// Takes a batch away, with what leads to it.
    private func remove(_ id: UInt64, from state: StateWriter) throws(ModuleError) -> ConverterBatch {
        guard let batch = try batches.value(for: id, in: state) else {
            throw Self.inconsistent("nothing is known of batch \(id)")
        }
        try batches.remove(id, in: state)
        if batch.stage == .waiting {
            try dueBatches.remove(Pair(Timestamp(nanoseconds: batch.dueNanoseconds), id), in: state)
        } else if batch.stage == .announcement {
            try announcements.remove(batch.sequence, in: state)
        }
        return batch
    }

    private static func inconsistent(_ what: String) -> ModuleError {
        ModuleError(.inconsistentConverterEvent, "\(what): the log is damaged")
    }
}
