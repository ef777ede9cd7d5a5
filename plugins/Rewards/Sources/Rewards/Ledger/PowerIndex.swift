import ModuleKit
import RewardsEvents

/// What one unit of power has earned since the beginning, of each denomination.
///
/// A block adds to it once, however many validators there are; a validator takes its power's part when its power changes, or
/// when somebody has to know it. Points have 18 digits. What is too little for a point per unit of power is carried, so
/// that what all units of power have earned, and the carry, is exactly what was added.
struct PowerIndex: StoredValue, Hashable {
    /// What one unit of power has earned of one denomination.
    struct Entry: OfDenomination, Hashable {
        let denom: Denom
        var points: Decimal18 = .zero
        var carry: Decimal18 = .zero

        init(_ denom: Denom) { self.denom = denom }
    }

    var entries: [Entry] = []

    init() {}

    init(_ stored: RewardsPowerIndex) throws(ModuleError) {
        for entry in stored.entries {
            var read = Entry(try Denom(entry.denom))
            read.points = try Decimal18(entry.points)
            read.carry = try Decimal18(entry.carry)
            entries.append(read)
        }
        try entries.requireOrder()
    }

    var stored: RewardsPowerIndex {
        .with {
            $0.entries = entries.map { entry in
                .with {
                    $0.denom = entry.denom.text
                    $0.points = entry.points.shortDescription
                    $0.carry = entry.carry.shortDescription
                }
            }
        }
    }

    /// Shares an amount out by power.
    ///
    /// - Returns: what one unit of power has earned by it; nil, and nothing changes, where it can't be shared out: without any
    ///   power, or because the points would not fit.
    mutating func share(_ amount: Decimal18, of denom: Denom, among power: UInt128) -> Decimal18? {
        guard power > 0 else { return nil }
        var entry = entries[denom]
        do throws(ModuleError) {
            let units = Amount(power)
            let sum = try amount.adding(entry.carry)
            let points = try sum.dividing(by: Decimal18(units), rounding: .floor)
            entry.carry = try sum.subtracting(try points.multiplied(by: units))
            entry.points = try entry.points.adding(points)
            entries[denom] = entry
            return points
        } catch {
            return nil
        }
    }
}
