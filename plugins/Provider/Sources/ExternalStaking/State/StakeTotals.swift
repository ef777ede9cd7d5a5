import ExternalStakingEvents
import ModuleKit

/// What several stakes add up to: those on one validator, which is kept; or those of one user, which are his lien.
///
/// The sums are of the records as they are stored. A record to which the closing of the channel, or the tombstone of the
/// validator, was not applied yet counts as committed here, and as unbonding when it is read.
struct StakeTotals: Hashable, Sendable {
    var committed = Amount.zero
    /// Stakes alone: unstakes in flight are committed still.
    var inFlight = Amount.zero
    var unbonding = Amount.zero
    /// How many records there are.
    var count: UInt64 = 0

    /// Replaces what one record was by what it is; nil for none.
    ///
    /// - Throws: `arithmeticUnderflow` when the record was not in these sums.
    mutating func replace(_ old: Stake?, by new: Stake?) throws(ModuleError) {
        committed = try Self.replace(old?.committed, new?.committed, in: committed)
        inFlight = try Self.replace(old?.inFlight(.stake), new?.inFlight(.stake), in: inFlight)
        unbonding = try Self.replace(old?.unbonding, new?.unbonding, in: unbonding)
        count = count &+ (new == nil ? 0 : 1) &- (old == nil ? 0 : 1)
    }

    var isEmpty: Bool { count == 0 }

    private static func replace(_ old: Amount?, _ new: Amount?, in sum: Amount) throws(ModuleError) -> Amount {
        try sum.adding(new ?? .zero).subtracting(old ?? .zero)
    }
}

extension StakeTotals: StoredValue {
    init(_ stored: ExternalStakingStoredTotals) throws(ModuleError) {
        committed = try Amount(stored.committed)
        inFlight = try Amount(stored.inFlight)
        unbonding = try Amount(stored.unbonding)
        count = stored.count
    }

    var stored: ExternalStakingStoredTotals {
        .with {
            $0.committed = committed.description
            $0.inFlight = inFlight.description
            $0.unbonding = unbonding.description
            $0.count = count
        }
    }
}
