import ExternalStakingEvents
import ModuleKit

/// Who had stake over a pairing when validators did wrong, and what was taken from whom for it.
///
/// It follows what External Staking records, and bounds what may be taken from both sides in a way of its own: without the
/// dated records of each stake by which External Staking itself decides.
struct InfractionBook {
    /// Whose stake, and on which validator.
    struct Stake: Hashable, Comparable {
        let owner: String
        let validator: String

        static func < (left: Self, right: Self) -> Bool {
            (left.validator, left.owner) < (right.validator, right.owner)
        }
    }

    /// What was proven of a validator.
    struct Infraction {
        let height: UInt64
        let time: Timestamp
        let fraction: Decimal18
    }

    /// How far the clocks of the two chains may be apart.
    let drift: TimeSpan
    /// How many infractions were proven.
    private(set) var infractionCount: UInt64 = 0
    // Only asked, never iterated.
    private var infractions: [String: [Infraction]] = [:]
    // Sorted before anybody sees it.
    private var histories: [Stake: StakeHistory] = [:]
    private var sent: [UInt64: Timestamp] = [:]
    private var closedAt: Timestamp?

    init(drift: TimeSpan) { self.drift = drift }

    /// Notes what was recorded in a block.
    mutating func note(_ event: ExternalStakingEvent, at time: Timestamp) throws(ModuleError) {
        switch event.event {
        case .stakeSent(let event):
            sent[event.transaction] = time
            try change(event.stake, by: event.amount) { $0.expose($1, at: time) }
        case .stakeCommitted(let event):
            let sentAt = sent[event.transaction] ?? time
            try change(event.stake, by: event.amount) { $0.commit($1, sentAt: sentAt) }
            try change(event.stake, by: event.unbonding) { $0.leave($1, at: time) }
        case .stakeRolledBack(let event): try change(event.stake, by: event.amount) { $0.conceal($1, at: time) }
        case .unstakeCommitted(let event): try change(event.stake, by: event.amount) { $0.leave($1, at: time) }
        case .unstakeRolledBack(let event): try change(event.stake, by: event.unbonding) { $0.leave($1, at: time) }
        case .handedBack(let event): try change(event.stake, by: event.amount) { $0.leave($1, at: time) }
        case .lienCut(let event):
            for part in event.parts {
                try change(event.owner, part.validator, by: part.amount) { $0.cut($1, at: time) }
            }
        case .withdrawn(let event):
            for part in event.parts {
                try change(event.owner, part.validator, by: part.amount) { $0.conceal($1, at: time) }
            }
        case .infractionRecorded(let event):
            let infraction = Infraction(
                height: event.infraction.height,
                time: Timestamp(nanoseconds: event.infraction.time),
                fraction: try Decimal18(event.infraction.fraction)
            )
            infractionCount += 1
            infractions[event.validator, default: []].append(infraction)
        case .liabilitySettled(let event): try change(event.stake, by: event.amount) { $0.pay($1) }
        case .channelClosed: closedAt = time
        default: return
        }
    }

    private mutating func change(
        _ stake: ExternalStakingStakeOwner,
        by amount: String,
        _ body: (inout StakeHistory, Amount) -> Void
    ) throws(ModuleError) {
        try change(stake.owner, stake.validator, by: amount, body)
    }

    private mutating func change(
        _ owner: String,
        _ validator: String,
        by amount: String,
        _ body: (inout StakeHistory, Amount) -> Void
    ) throws(ModuleError) {
        let amount = try Amount(amount)
        guard !amount.isZero else { return }
        body(&histories[Stake(owner: owner, validator: validator), default: StakeHistory()], amount)
    }

    /// Who has paid more than a fraction of all that he had when the clocks may have shown the time of an infraction: of each
    /// infraction rounded down, of several of one validator the most.
    func excesses() throws(ModuleError) -> [String] {
        try lines { (history, infraction) throws(ModuleError) in
            let exposed = history.exposed(at: infraction.time.saturatingAdding(drift))
            return try exposed.multiplied(by: infraction.fraction, rounding: .floor)
        } contradicting: { paid, owed in
            paid > owed ? "\(paid) were taken, and \(owed) at most were owed" : nil
        }
    }

    /// Who has paid less than a fraction of what he certainly had at an infraction. This holds when nothing is under way.
    func escapes() throws(ModuleError) -> [String] {
        try lines { (history, infraction) throws(ModuleError) in
            let (before, after) = (
                infraction.time.saturatingSubtracting(drift), infraction.time.saturatingAdding(drift)
            )
            guard closedAt.map({ $0 > after }) ?? true else { return .zero }
            let certain = history.certain(sentBy: before, leftAfter: after)
            return try certain.multiplied(by: infraction.fraction, rounding: .floor)
        } contradicting: { paid, owed in
            paid < owed ? "\(paid) were taken, and \(owed) at least were owed" : nil
        }
    }

    private func lines(
        _ bound: (StakeHistory, Infraction) throws(ModuleError) -> Amount,
        contradicting: (_ paid: Amount, _ owed: Amount) -> String?
    ) throws(ModuleError) -> [String] {
        var lines: [String] = []
        for (stake, history) in histories.sorted(by: { $0.key < $1.key }) {
            var most = Amount.zero
            for infraction in infractions[stake.validator] ?? [] {
                most = max(most, try bound(history, infraction))
            }
            if let line = contradicting(history.paid, most) {
                lines.append("of \(stake.owner) at \(stake.validator) \(line)")
            }
        }
        return lines
    }
}
