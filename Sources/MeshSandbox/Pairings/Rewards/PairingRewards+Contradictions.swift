import ModuleKit

/// What can't be, whatever is under way.
extension PairingRewards {
    /// What the books of both chains contradict, each with its figures; empty on a sound pairing.
    ///
    /// What is under way is in the Converter's batches until it knows the outcome, so External Staking never has more than
    /// the Converter has sent. Once nothing is under way, the two agree to the last unit. A pairing that is closed can't learn
    /// outcomes any more: each end still has to account for its own.
    public var contradictions: [String] {
        accounts + (isOpen ? bounds + (isSettled ? disagreements : []) : [])
    }

    /// Each end has to account for all that it was given.
    private var accounts: [String] {
        let parts = consumer
        let sum = [
            parts.waiting, parts.batched, parts.arrived, parts.held, parts.delivered, parts.paid, parts.given,
        ].reduce(Amount.zero) { $0.saturatingAdding($1) }
        var lines: [String] = []
        if sum != parts.collected {
            lines.append(
                "the Converter has collected \(parts.collected), and accounts for \(sum): \(parts.waiting) waiting, "
                    + "\(parts.batched) in batches, \(parts.arrived) arrived, \(parts.held) held, \(parts.delivered) delivered, "
                    + "\(parts.paid) paid, \(parts.given) given"
            )
        }
        for totals in provider where totals.accounted.map({ $0 != Decimal18(totals.received) }) ?? true {
            lines.append(
                "External Staking has received \(totals.received) \(totals.denom), and accounts for "
                    + "\(totals.accounted?.shortDescription ?? "more than there can be"): \(totals.paid) paid, \(totals.converted) "
                    + "converted, \(totals.community) for the community, \(totals.inFlight) in flight, "
                    + "\(totals.claimable.shortDescription) claimable, \(totals.remainder.shortDescription) remaining"
            )
        }
        return lines
    }

    /// What one end has done, the other has asked for.
    private var bounds: [String] {
        var lines: [String] = []
        func require(_ part: Amount, _ what: String, within whole: Amount, _ ofWhat: String) {
            if part > whole { lines.append("\(part) \(what), and only \(whole) \(ofWhat)") }
        }
        let underWay = consumer.batched
        require(
            vouchers.saturatingAdding(unattributed),
            "came to External Staking",
            within: consumer.delivered.saturatingAdding(consumer.arrived).saturatingAdding(underWay),
            "were sent there"
        )
        require(
            sum { $0.received },
            "were shared out",
            within: total.saturatingAdding(underWay).saturatingAdding(consumer.arrived),
            "were sent or announced"
        )
        require(consumer.paid, "were paid by the Converter", within: ordered, "were ordered by External Staking")
        return lines
    }

    /// What both ends have to agree on when nothing is under way.
    private var disagreements: [String] {
        var lines: [String] = []
        func require(_ ours: Amount, _ what: String, equals theirs: Amount, _ otherwise: String) {
            if ours != theirs {
                lines.append("External Staking \(what) \(ours), and the Converter \(otherwise) \(theirs)")
            }
        }
        require(sum { $0.received }, "has received", equals: total, "has delivered, held or paid")
        require(
            vouchers.saturatingAdding(unattributed),
            "has vouchers of",
            equals: consumer.delivered.saturatingAdding(consumer.arrived),
            "has transferred"
        )
        require(ordered, "has had paid", equals: consumer.paid, "has paid")
        return lines
    }

    /// What the Converter says External Staking has, or can have paid.
    private var total: Amount {
        consumer.delivered.saturatingAdding(consumer.held).saturatingAdding(consumer.paid)
    }

    private var vouchers: Amount { sum { $0.isHeld ? .zero : $0.received } }
    private var unattributed: Amount { sum(\.unattributed) }

    /// What the Converter was told to pay, and has paid or not answered.
    private var ordered: Amount {
        sum { totals in
            guard totals.isHeld else { return .zero }
            return totals.paid.saturatingAdding(totals.inFlight)
                .saturatingAdding(totals.community.saturatingSubtracting(totals.communityWaiting))
        }
    }
}

extension PairingRewards.ProviderTotals {
    /// What of the rewards is accounted for; nil where the sum is no number.
    fileprivate var accounted: Decimal18? {
        let whole = [paid, converted, community, inFlight].reduce(Amount.zero) { $0.saturatingAdding($1) }
        return try? Decimal18(whole).adding(claimable).adding(remainder)
    }
}
