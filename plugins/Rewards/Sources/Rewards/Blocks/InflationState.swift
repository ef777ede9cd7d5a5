import ModuleKit
import RewardsEvents

/// The inflation and what follows from it, by the rules of the Cosmos SDK's `x/mint` (`minter.go`, SDK 0.50).
///
/// The inflation moves towards its largest value while less than the goal is bonded, and towards its smallest while more is; the
/// faster, the further away the goal is. Quotients and products are rounded down to 18 digits.
struct InflationState: StoredValue, Hashable {
    var inflation: Decimal18 = .zero
    var annualProvisions: Decimal18 = .zero
    /// What the last block minted.
    var blockProvision: Amount = .zero

    init() {}

    init(_ stored: RewardsInflation) throws(ModuleError) {
        inflation = try Decimal18(stored.inflation)
        annualProvisions = try Decimal18(stored.annualProvisions)
        blockProvision = try Amount(stored.blockProvision)
    }

    var stored: RewardsInflation {
        .with {
            $0.inflation = inflation.shortDescription
            $0.annualProvisions = annualProvisions.shortDescription
            $0.blockProvision = blockProvision.description
        }
    }

    /// The state after one more block.
    ///
    /// - Parameters:
    ///   - bonded: the coins of bonded validators, virtual stake included.
    ///   - supply: the reported supply of the bond denomination, in which virtual stake does not count. So the bonded part may
    ///     be above 1, which only makes the inflation fall faster.
    func next(_ rules: RewardRules, bonded: Amount, supply: Amount) throws(ModuleError) -> InflationState {
        let ratio = supply.isZero ? Decimal18.zero : try Decimal18(bonded, over: supply, rounding: .floor)
        let years = Decimal18(Amount(UInt128(rules.blocksPerYear)))
        let part = try ratio.dividing(by: rules.goalBonded, rounding: .floor)
        let distance = part < .one ? try Decimal18.one.subtracting(part) : try part.subtracting(.one)
        let change = try distance.multiplied(by: rules.inflationRateChange, rounding: .floor)
            .dividing(by: years, rounding: .floor)
        var next = self
        if part < .one {
            next.inflation = try inflation.adding(change)
        } else {
            next.inflation = change < inflation ? try inflation.subtracting(change) : .zero
        }
        next.inflation = max(rules.inflationMin, min(rules.inflationMax, next.inflation))
        next.annualProvisions = try next.inflation.multiplied(by: supply)
        next.blockProvision = try next.annualProvisions.dividing(by: years, rounding: .floor).whole(rounding: .floor)
        return next
    }
}
