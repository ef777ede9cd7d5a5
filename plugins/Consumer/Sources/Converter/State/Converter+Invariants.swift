import ConverterEvents
public import ModuleKit

extension Converter {
    /// What must always hold: for each validator, what its delegators have pledged adds up to its pledge and what burns
    /// took that named nobody; nothing of zero is kept; notices in flight are known by what they say, and those that
    /// came back have their bytes, and all that waits is counted; nothing is pledged or sent without a channel; and each reward
    /// that was collected is in exactly one place.
    ///
    /// A walk over everything: for audits and tests.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        try channelViolations(state) + pledgeViolations(state) + noticeViolations(state)
            + rewardViolations(state)
    }

    private func channelViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        guard try channel.value(in: state) == nil else { return [] }
        let pledgeCount = try pledges.entries(in: state, limit: 1).count + pledged.entries(in: state, limit: 1).count
        let noticeCount = try inFlight.entries(in: state, limit: 1).count + returned.entries(in: state, limit: 1).count
        guard pledgeCount + noticeCount > 0 else { return [] }
        return [InvariantViolation("nothing-without-channel", "something is kept of a channel that was never open")]
    }

    private func pledgeViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        // The records of a pairing that is over are dropped in batches, and count no more.
        guard try isInForce(state) else { return [] }
        var violations: [InvariantViolation] = []
        var sums: [Address: Amount] = [:]
        try pledges.forEach(in: state) { (key, amount) throws(ModuleError) in
            if amount.isZero {
                violations.append(InvariantViolation("pledges-above-zero", "a pledge at \(key.first) is 0"))
            }
            sums[key.first] = (sums[key.first] ?? .zero).saturatingAdding(amount)
            return true
        }
        var expected: [Address: Amount] = [:]
        for collection in [pledged, unattributed] {
            try collection.forEach(in: state) { (validator, amount) throws(ModuleError) in
                if amount.isZero {
                    violations.append(
                        InvariantViolation("pledges-above-zero", "\(collection.name) of \(validator) is 0")
                    )
                }
                expected[validator] = (expected[validator] ?? .zero).saturatingAdding(amount)
                return true
            }
        }
        for validator in Set(sums.keys).union(expected.keys).sorted() {
            let (sum, total) = (sums[validator] ?? .zero, expected[validator] ?? .zero)
            guard sum != total else { continue }
            violations.append(
                InvariantViolation("pledges-add-up", "delegators of \(validator) have \(sum), and it has \(total)")
            )
        }
        return violations
    }

    private func noticeViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        try inFlight.forEach(in: state) { (sequence, notice) throws(ModuleError) in
            if !notice.data.isEmpty || notice.content == nil || notice.attempts == 0 {
                violations.append(
                    InvariantViolation("notices-fit", "packet \(sequence) is in flight as nothing that was sent")
                )
            }
            return true
        }
        try returned.forEach(in: state) { (key, notice) throws(ModuleError) in
            let isInFlight = try inFlight.contains(key.second, in: state)
            if notice.data.isEmpty || notice.content == nil || notice.attempts == 0 || isInFlight {
                violations.append(
                    InvariantViolation("notices-fit", "packet \(key.second) came back as nothing to send")
                )
            }
            return true
        }
        var waiting: UInt64 = 0
        try returned.forEach(in: state) { _, _ in
            waiting += 1
            return true
        }
        try touched.forEach(in: state) { _, _ in
            waiting += 1
            return true
        }
        try slashes.forEach(in: state) { _, _ in
            waiting += 1
            return true
        }
        if try outboxCount.value(in: state) ?? 0 != waiting {
            violations.append(InvariantViolation("outbox-counted", "\(waiting) wait, and not as many are counted"))
        }
        return violations
    }
}
