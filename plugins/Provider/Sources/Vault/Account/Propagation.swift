import ModuleKit

/// How far liens give way when collateral is lost, so that what is left covers them (mesh security, section 4).
///
/// First, every lien above the collateral is cut to it. Then, if more of the liens can still be slashed than there is
/// collateral, all of them go down by the same amount, none below zero: the smallest whole amount that suffices.
enum Propagation {
    /// What the search for the cut costs for each lien, in units of work.
    static let workPerLien: UInt64 = 32

    /// A lien, as far as it matters here.
    struct Claim {
        let amount: Amount
        let slashable: Decimal18
    }

    /// How far each lien gives way, in the order of the liens. Never fails, and holds for every input.
    ///
    /// Takes at most 128 rounds over the liens, and none where nothing has to give way.
    static func cuts(of claims: [Claim], to collateral: Amount) -> [Amount] {
        let capped = claims.map { Claim(amount: min($0.amount, collateral), slashable: $0.slashable) }
        let depth = smallestDepth(of: capped, to: collateral)
        return zip(claims, capped).map { claim, capped in
            claim.amount.saturatingSubtracting(capped.amount.saturatingSubtracting(depth))
        }
    }

    /// The smallest `x` with `sum(floor(max(0, amount - x) * slashable)) <= collateral`.
    ///
    /// The sum only falls as `x` grows, so halving the interval finds the exact value. The sloping lines between the floors
    /// could be solved for a first guess, but with tiny fractions the guess says nothing.
    private static func smallestDepth(of claims: [Claim], to collateral: Amount) -> Amount {
        if covers(collateral, claims, cutBy: .zero) { return .zero }
        // Invariant: `low` does not suffice, `high` does. With nothing left of any lien, nothing can be slashed.
        var low = Amount.zero.units
        var high = claims.reduce(Amount.zero) { max($0, $1.amount) }.units
        while high &- low > 1 {
            let middle = low &+ (high &- low) / 2
            if covers(collateral, claims, cutBy: Amount(middle)) { high = middle } else { low = middle }
        }
        return Amount(high)
    }

    private static func covers(_ collateral: Amount, _ claims: [Claim], cutBy depth: Amount) -> Bool {
        var rest = collateral
        for claim in claims {
            let part = claim.amount.saturatingSubtracting(depth).part(claim.slashable)
            guard part <= rest else { return false }
            rest = rest.saturatingSubtracting(part)
        }
        return true
    }
}
