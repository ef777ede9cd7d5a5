public import ModuleKit
import SlashingEvents

extension Slashing {
    /// What must always hold; `O(n)` in everything that is kept.
    ///
    /// Of each validator, as many votes are kept as missed as its info says, none beyond the last, no chunk is empty; whose votes
    /// are counted is not tombstoned, and has an info; whoever was punished for a double sign is tombstoned.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var counts: [Address: UInt64] = [:]
        try collections.missedVotes.forEach(in: state) { (key, votes) throws(ModuleError) in
            counts[key.first, default: 0] += votes.count
            if votes.count == 0 {
                violations.append(InvariantViolation("missed-votes-are-kept", "\(key.first), chunk \(key.second)"))
            }
            return true
        }
        try collections.infos.forEach(in: state) { (address, info) throws(ModuleError) in
            let kept = counts.removeValue(forKey: address) ?? 0
            if kept != info.missed {
                let detail = "\(address): \(info.missed) missed, \(kept) kept"
                violations.append(InvariantViolation("missed-equals-votes", detail))
            }
            return true
        }
        if !counts.isEmpty {
            violations.append(InvariantViolation("missed-equals-votes", "\(counts.count) have votes and no info"))
        }
        for entry in try collections.currentSigners(state).entries {
            let info = try collections.infos.value(for: entry.consensusAddress, in: state)
            if info?.isTombstoned != false {
                violations.append(InvariantViolation("signers-are-known", "\(entry.consensusAddress)"))
            }
        }
        try collections.equivocations.forEach(in: state) { (key, _) throws(ModuleError) in
            if try collections.infos.value(for: key.first, in: state)?.isTombstoned != true {
                violations.append(InvariantViolation("double-signers-are-tombstoned", "\(key.first)"))
            }
            return true
        }
        return violations
    }
}
