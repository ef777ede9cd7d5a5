import ConverterEvents
import ModuleKit

/// What is under way to the provider, and what has still to go there.
extension Converter {
    func answer(_ query: ConverterNoticesQuery, _ state: StateReader) throws(ModuleError) -> ConverterNotices {
        let limit = Self.pageSize(query.limit)
        var page = ConverterNotices()
        try inFlight.forEach(in: state, from: query.startSequence) { (sequence, notice) throws(ModuleError) in
            guard page.notices.count < limit else {
                page.nextSequence = sequence
                return false
            }
            page.notices.append(.with(sequence: sequence, due: .epoch, notice))
            return true
        }
        guard page.nextSequence == 0 else { return page }
        for (key, notice) in try returned.entries(in: state, limit: Self.pageEntriesMax) {
            page.notices.append(.with(sequence: key.second, due: key.first, notice))
        }
        return page
    }

    /// What the provider has still to be told of validators.
    func synchronisation(_ state: StateReader) throws(ModuleError) -> ConverterSynchronisation {
        let touched = try touched.entries(in: state, limit: Self.pageEntriesMax).count
        let slashes = try slashes.entries(in: state, limit: Self.pageEntriesMax).count
        let unacknowledged = try unacknowledged(state) { $0.handBackPledge == nil }
        return .with {
            $0.touchedValidators = UInt32(clamping: touched)
            $0.notedSlashes = UInt32(clamping: slashes)
            $0.unacknowledged = unacknowledged
        }
    }

    /// Whether pledges go back to the provider, and what it has not taken yet.
    func handBack(_ state: StateReader) throws(ModuleError) -> ConverterHandBack {
        let isActive = try handingBack.value(in: state) != nil
        let hasPledges = try isInForce(state) ? try hasPledges(state) : false
        let unacknowledged = try unacknowledged(state) { $0.handBackPledge != nil }
        return .with {
            $0.isActive = isActive
            $0.hasPledges_p = hasPledges
            $0.unacknowledged = unacknowledged
        }
    }

    /// How many notices of a kind the provider has not taken, as far as they are counted.
    private func unacknowledged(_ state: StateReader, _ isCounted: (ConverterNotice) -> Bool) throws(ModuleError)
        -> UInt32
    {
        var count = 0
        try inFlight.forEach(in: state) { (_, notice) throws(ModuleError) in
            if isCounted(notice) { count += 1 }
            return count < Self.pageEntriesMax
        }
        try returned.forEach(in: state) { (_, notice) throws(ModuleError) in
            guard count < Self.pageEntriesMax else { return false }
            if isCounted(notice) { count += 1 }
            return true
        }
        return UInt32(clamping: count)
    }
}

extension ConverterNotice {
    /// What the notice hands back; nil for one about validators.
    var handBackPledge: ConverterPledge? {
        if case .handBack(let pledge) = content { pledge } else { nil }
    }
}

extension ConverterNoticeRecord {
    /// A notice with its place; the time is that of its being sent again, zero while it is in flight.
    static func with(sequence: UInt64, due: Timestamp, _ notice: ConverterNotice) -> Self {
        .with {
            $0.sequence = sequence
            $0.dueNanoseconds = due.nanoseconds
            $0.notice = notice
        }
    }
}
