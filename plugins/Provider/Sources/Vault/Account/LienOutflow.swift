public import ModuleKit

/// What left a lien at one time: slashed, cut or released.
public struct LienOutflow: Sendable, Hashable {
    /// When.
    public var time: Timestamp
    /// How much, slashed or not.
    public var amount: Amount
    /// The part of it that was slashed.
    public var slashed: Amount

    /// Describes an outflow.
    public init(time: Timestamp, amount: Amount, slashed: Amount) {
        self.time = time
        self.amount = amount
        self.slashed = slashed
    }
}

/// How much of a lien may be slashed. The rule:
///
/// - One slash takes at most the slashable fraction of what the lien is.
/// - All slashes within an unbonding period together take at most that fraction of what the lien is and of all that has
///   left it within that time.
///
/// What left counts, because a stake of a slashed validator may have been cut or released while another stake of the lien
/// has its own infraction still to answer for. A holder that slashes each stake once and by no more than the fraction is
/// therefore never held back. Coins of a local lien are destroyed before the vault hears of it, so all that are lent can be
/// lost.
extension Lien {
    /// How many outflows are kept; a further one joins the newest, and both count from the later time.
    public static let outflowsMax = 8

    /// The most that a slash may take.
    public func slashLimit(at time: Timestamp, over period: TimeSpan) -> Amount {
        guard purpose == .remote else { return lent }
        var base = total
        var slashed = Amount.zero
        for outflow in outflows where !outflow.isOver(at: time, period) {
            base = base.saturatingAdding(outflow.amount)
            slashed = slashed.saturatingAdding(outflow.slashed)
        }
        return min(total.part(slashable), base.part(slashable).saturatingSubtracting(slashed))
    }

    /// Remembers what left the lien. Before the first slash there is nothing to remember it for.
    mutating func noteOutflow(_ amount: Amount, slashed: Amount = .zero, at time: Timestamp, over period: TimeSpan) {
        outflows.removeAll { $0.isOver(at: time, period) }
        guard purpose == .remote, !slashed.isZero || !outflows.isEmpty else { return }
        if let last = outflows.indices.last, outflows[last].time == time || outflows.count >= Self.outflowsMax {
            outflows[last].time = time
            outflows[last].amount = outflows[last].amount.saturatingAdding(amount)
            outflows[last].slashed = outflows[last].slashed.saturatingAdding(slashed)
        } else {
            outflows.append(LienOutflow(time: time, amount: amount, slashed: slashed))
        }
    }
}

extension LienOutflow {
    fileprivate func isOver(at now: Timestamp, _ period: TimeSpan) -> Bool {
        guard let elapsed = now.elapsed(since: time) else { return false }
        return elapsed >= period
    }
}
