import ControlChannel
import ConverterEvents
import ModuleKit

/// Rewards go to the provider in batches, at the ends of blocks.
///
/// A batch is under way, or waits to be sent again, or is gone. While it is under way it keeps the route by which it was sent;
/// one that comes back takes the route then in force. So a change of the route loses nothing.
///
/// External Staking takes an announcement out of tokens that have arrived and that it can't attribute yet; only where there are
/// none, it counts as held. Tokens that are announced after they have arrived, and tokens that are announced to be held, are
/// therefore never under way together: each kind waits for the end of the other. Where that end may never come, they change places:
/// see `Converter+Exchanging.swift`.
extension Converter {
    /// How many validators' parts a batch has: few enough for one packet, and for the memo of a transfer.
    static let batchPartsMax = 200
    /// How many batches a block sends again.
    static let resentBatchesMax = 50
    /// For how long no rewards are sent after they could not be.
    static let pause = TimeSpan.minutes(1)

    /// Sends what there is to send. Where there is nothing, this is one read.
    func passOnRewards(_ channel: ConverterChannel, _ context: Context) throws(ModuleError) {
        guard let totals = try rewardTotals.value(in: context), totals.hasWork(channel),
            let rewards = try reachableRewards(context)
        else { return }
        try exchangeRefused(totals, rewards, channel, context)
        var sent = 0
        for batch in try returnedBatches(context) where sent < Self.resentBatchesMax {
            // One that has to wait for others is not in their way.
            guard let stage = try stage(of: batch, rewards, channel, context) else { continue }
            guard try send(batch, isNew: false, stage, rewards, channel, context) else { return }
            sent += 1
        }
        guard let batch = try nextBatch(channel, context),
            let stage = try stage(of: batch, rewards, channel, context)
        else { return }
        _ = try send(batch, isNew: true, stage, rewards, channel, context)
    }

    /// What may be sent again by now, the earliest first: halves of two batches at most, one that lies here and one that has arrived.
    private func returnedBatches(_ context: Context) throws(ModuleError) -> [ConverterBatch] {
        var returned: [ConverterBatch] = []
        try dueBatches.forEach(in: context) { (key, _) throws(ModuleError) in
            guard key.first <= context.block.time else { return false }
            if let batch = try batches.value(for: key.second, in: context) { returned.append(batch) }
            return true
        }
        return returned
    }

    /// How rewards are sent; nil where that was never said, or none can be sent now.
    private func reachableRewards(_ context: Context) throws(ModuleError) -> ConverterRewardSettings? {
        let settings = try requireSettings(context)
        guard settings.hasRewards else { return nil }
        let pausedUntil = try batchProgress.value(in: context)?.pausedUntilNanoseconds ?? 0
        return pausedUntil > context.block.time.nanoseconds ? nil : settings.rewards
    }

    /// What goes next: what has arrived first, as what lies here may have to wait for it; then what lies here; and once the pairing
    /// is over, what is held. Parts that were refused before go apart from all others, and after them.
    ///
    /// One batch at a time, but that what has arrived waits for its own kind alone.
    private func nextBatch(_ channel: ConverterChannel, _ context: Context) throws(ModuleError) -> ConverterBatch? {
        if channel.isOpen, try !hasBatch(context, where: { $0.place == .there }) {
            let parts = try nextParts(of: arrivedRewards, context)
            if !parts.isEmpty { return try batch(of: parts, at: .there, context) }
        }
        // An announcement over a channel that has closed keeps nothing back.
        guard try !hasBatch(context, where: { channel.isOpen || $0.stage != .announcement }) else { return nil }
        let parts = try nextParts(of: waitingRewards, context)
        if !parts.isEmpty { return try batch(of: parts, at: .here, context) }
        let held = try rewardTotals.value(in: context)?.amounts().held ?? .zero
        guard !channel.isOpen, !held.isZero else { return nil }
        var batch = try batch(of: [], at: .held, context)
        batch.amount = held.description
        return batch
    }

    /// Whether there is a batch of which something holds.
    func hasBatch(_ context: Context, where holds: (ConverterBatch) -> Bool) throws(ModuleError) -> Bool {
        var isFound = false
        try batches.forEach(in: context) { (_, batch) throws(ModuleError) in
            isFound = holds(batch)
            return !isFound
        }
        return isFound
    }

    /// What validators have whose part was not refused; else of those whose part was, and may go again.
    func nextParts(of rewards: StateMap<Address, Amount>, _ context: Context) throws(ModuleError)
        -> [ConverterRewardPart]
    {
        let parts = try parts(of: rewards, context) { $0 == nil }
        guard parts.isEmpty else { return parts }
        let time = context.block.time.nanoseconds
        return try self.parts(of: rewards, context) { $0.map { $0.dueNanoseconds <= time } ?? false }
    }

    /// What validators have, of those whose suspension, or want of one, is meant; as much as a batch holds.
    func parts(
        of rewards: StateMap<Address, Amount>,
        _ context: Context,
        where isMeant: (ConverterSuspension?) -> Bool
    ) throws(ModuleError) -> [ConverterRewardPart] {
        var parts: [ConverterRewardPart] = []
        try rewards.forEach(in: context) { (validator, amount) throws(ModuleError) in
            guard isMeant(try suspensions.value(for: validator, in: context)) else { return true }
            parts.append(
                .with {
                    $0.validator = context.addresses.format(validator, as: .validatorOperator)
                    $0.amount = amount.description
                }
            )
            return parts.count < Self.batchPartsMax
        }
        return parts
    }

    private func batch(of parts: [ConverterRewardPart], at place: ConverterRewardPlace, _ context: Context)
        throws(ModuleError) -> ConverterBatch
    {
        let id = (try batchProgress.value(in: context)?.lastID ?? 0) + 1
        let amount = try parts.rewardSum()
        return .with {
            $0.id = id
            $0.place = place
            $0.parts = parts
            $0.amount = amount.description
        }
    }
}

extension ConverterRewardTotals {
    /// Whether anything may have to be sent.
    fileprivate func hasWork(_ channel: ConverterChannel) -> Bool {
        [waiting, batched, channel.isOpen ? arrived : held].contains { $0 != "0" }
    }
}

extension [ConverterRewardPart] {
    /// What the parts have together.
    func rewardSum() throws(ModuleError) -> Amount {
        var sum = Amount.zero
        for part in self { sum = try sum.adding(try Amount(part.amount)) }
        return sum
    }
}
