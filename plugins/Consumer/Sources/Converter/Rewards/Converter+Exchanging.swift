import ConverterEvents
import ModuleKit

/// A part that has arrived, and that the provider refuses, holds up nobody.
///
/// External Staking takes an announcement out of what has arrived first. So as long as anything has, nothing can be announced to be
/// held: not even where all that has arrived is of validators whose part was refused alone, perhaps for ever. But tokens are like
/// each other. What has arrived of those validators and what waits here of others change places: the others' is announced as
/// arrived, and what was refused lies here again, where it is tried later, or given away.
extension Converter {
    /// Exchanges as much as possible, where only refused parts are in the way of what is held. Elsewhere, it is a few reads.
    func exchangeRefused(
        _ totals: ConverterRewardTotals,
        _ rewards: ConverterRewardSettings,
        _ channel: ConverterChannel,
        _ context: Context
    ) throws(ModuleError) {
        guard rewards.route == .held, channel.isOpen, totals.arrived != "0",
            try !hasBatch(context, where: { $0.place == .there || $0.stage != .waiting }),
            try nextParts(of: arrivedRewards, context).isEmpty
        else { return }
        // What came back by another route would wait for ever.
        if try hasBatch(context, where: { _ in true }) { try context.emit(.with { $0.batchesDissolved = .init() }) }
        let waiting = try nextParts(of: waitingRewards, context)
        let arrived = try parts(of: arrivedRewards, context) { _ in true }
        let sum = min(try waiting.rewardSum(), try arrived.rewardSum())
        guard !sum.isZero else { return }
        let there = try waiting.first(sum)
        let here = try arrived.first(sum)
        try context.emit(
            .with {
                $0.rewardsExchanged.there = there
                $0.rewardsExchanged.here = here
            }
        )
    }

    func apply(_ event: ConverterRewardsExchanged, to state: StateWriter) throws(ModuleError) {
        guard try event.there.rewardSum() == event.here.rewardSum() else {
            throw ModuleError(.inconsistentConverterEvent, "an exchange is of two sums: the log is damaged")
        }
        for (parts, old, new) in [
            (event.there, waitingRewards, arrivedRewards), (event.here, arrivedRewards, waitingRewards),
        ] {
            for part in parts {
                let (validator, amount) = (try Address(bech32: part.validator), try Amount(part.amount))
                try old.decrease(validator, by: amount, in: state)
                try new.increase(validator, by: amount, in: state)
            }
        }
    }
}

extension [ConverterRewardPart] {
    /// The first of them, up to a sum that they have together at least.
    fileprivate func first(_ sum: Amount) throws(ModuleError) -> [ConverterRewardPart] {
        var rest = sum
        var parts: [ConverterRewardPart] = []
        for part in self where !rest.isZero {
            let amount = Swift.min(rest, try Amount(part.amount))
            rest = try rest.subtracting(amount)
            parts.append(
                .with {
                    $0.validator = part.validator
                    $0.amount = amount.description
                }
            )
        }
        return parts
    }
}
