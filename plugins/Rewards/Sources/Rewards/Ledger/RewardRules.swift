import ModuleKit
import RewardsEvents

/// The parameters, those of the Cosmos SDK's `x/mint` and `x/distribution`.
///
/// The defaults are the Cosmos SDK's but for the inflation: there is none until a genesis or a configuration says so.
struct RewardRules: StoredValue, Hashable {
    /// What provisions are made of; nil for the bond denomination.
    var mintDenom: Denom?
    var inflationRateChange: Decimal18 = .zero
    var inflationMax: Decimal18 = .zero
    var inflationMin: Decimal18 = .zero
    var goalBonded: Decimal18 = .percent(67)
    /// A year of blocks every five seconds.
    var blocksPerYear: UInt64 = 6_311_520
    var communityTax: Decimal18 = .percent(2)
    var isWithdrawAddressEnabled = true
    /// What is shared out beside the chain's own denominations; sorted, each once.
    ///
    /// Anyone can pay fees in tokens of his own making, and each denomination that is shared out costs work at every change of
    /// stake. So the chain says which are; what comes in others is the community's, to the last unit.
    var feeDenoms: [Denom] = []

    /// How many denominations the chain may name.
    static let feeDenomsMax = 16

    init() {}

    init(_ stored: RewardsParameters) throws(ModuleError) {
        mintDenom = stored.mintDenom.isEmpty ? nil : try Denom(stored.mintDenom)
        inflationRateChange = try Decimal18(stored.inflationRateChange)
        inflationMax = try Decimal18(stored.inflationMax)
        inflationMin = try Decimal18(stored.inflationMin)
        goalBonded = try Decimal18(stored.goalBonded)
        blocksPerYear = stored.blocksPerYear
        communityTax = try Decimal18(stored.communityTax)
        isWithdrawAddressEnabled = stored.isWithdrawAddressEnabled
        for denom in stored.feeDenoms { feeDenoms.append(try Denom(denom)) }
    }

    var stored: RewardsParameters {
        .with {
            $0.mintDenom = mintDenom?.text ?? ""
            $0.inflationRateChange = inflationRateChange.shortDescription
            $0.inflationMax = inflationMax.shortDescription
            $0.inflationMin = inflationMin.shortDescription
            $0.goalBonded = goalBonded.shortDescription
            $0.blocksPerYear = blocksPerYear
            $0.communityTax = communityTax.shortDescription
            $0.isWithdrawAddressEnabled = isWithdrawAddressEnabled
            $0.feeDenoms = feeDenoms.map(\.text)
        }
    }

    /// What is shared out by power: what stake and provisions are made of, and what the chain has named.
    func sharedDenoms(bondDenom: Denom) -> [Denom] { [bondDenom, mintDenom ?? bondDenom] + feeDenoms }

    /// Checks that the values can be meant, as the Cosmos SDK does.
    ///
    /// - Throws: `rewardParameterNotAllowed`.
    func check() throws(ModuleError) {
        let rates = [
            ("inflation_rate_change", inflationRateChange), ("inflation_max", inflationMax),
            ("inflation_min", inflationMin), ("goal_bonded", goalBonded), ("community_tax", communityTax),
        ]
        for (name, rate) in rates where rate > .one {
            throw ModuleError(.rewardParameterNotAllowed, "\(name) is \(rate.shortDescription): choose 1 at most")
        }
        guard inflationMin <= inflationMax else {
            throw ModuleError(.rewardParameterNotAllowed, "inflation_min is above inflation_max: exchange them")
        }
        guard !goalBonded.isZero else {
            throw ModuleError(.rewardParameterNotAllowed, "goal_bonded is 0: choose a part of the supply above it")
        }
        guard blocksPerYear > 0 else {
            throw ModuleError(.rewardParameterNotAllowed, "blocks_per_year is 0: say how many blocks a year has")
        }
        guard feeDenoms.count <= Self.feeDenomsMax, zip(feeDenoms, feeDenoms.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ModuleError(
                .rewardParameterNotAllowed,
                "fee_denoms are \(Self.feeDenomsMax) at most, each once: name fewer; fees in others are the community pool's"
            )
        }
    }
}
