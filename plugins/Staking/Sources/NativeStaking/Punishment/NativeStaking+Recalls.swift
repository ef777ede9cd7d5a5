import ModuleKit
import StakingEvents

/// Stake that comes and goes without unbonding time, on the orders of privileged events, and what a slash owes to it.
///
/// Virtual stake leaves in the block in which its pledge does, and forfeit stake of a vault in that of the cut. The power at an
/// infraction still had it. So for one unbonding time it is remembered how much has come and gone, and its fraction is taken
/// off the slash: virtual stake answers on its own chain, what went to a vault has been paid, and the other delegators pay for
/// themselves alone. What came after the infraction and left again takes nothing off: only the difference does.
extension NativeStaking {
    /// For how long the movement of this block is remembered: those of one validator end in the order in which they came.
    func recallPeriod(at validator: Address, _ rules: StakingRules, _ context: Context) throws(ModuleError)
        -> StakingRecallPeriod
    {
        let height = context.block.height
        var end = try context.block.time.adding(rules.unbondingTime)
        if let latest = try collections.latestRecallable(at: validator, in: context), latest.until >= end {
            end = latest.until.saturatingAdding(TimeSpan(nanoseconds: 1))
        }
        return .with {
            $0.height = height
            $0.untilNanoseconds = end.nanoseconds
        }
    }

    /// Takes off a slash what has gone at once since the infraction; rounded up, so that nobody else pays a part of it.
    func creditRecalls(_ slash: SlashScope, _ context: Context) throws(ModuleError) {
        let gone = try collections.recalled(from: slash.validator, since: slash.infractionHeight, in: context)
        let credited = try gone.multiplied(by: slash.fraction, rounding: .ceiling)
        guard !credited.isZero else { return }
        try context.emit(
            .with {
                $0.recallsCredited = .with {
                    $0.slash = slash.number
                    $0.validator = text(ofOperator: slash.validator, context)
                    $0.recalled = gone.description
                    $0.credited = credited.description
                }
            }
        )
    }

    /// Forgets what no slash can ask for any more, the oldest first.
    func forgetRecalls(_ context: Context) throws(ModuleError) {
        let count = try due(collections.recallQueue, context).count
        guard count > 0 else { return }
        try context.emit(.with { $0.recallsForgotten.count = UInt32(clamping: count) })
    }
}
