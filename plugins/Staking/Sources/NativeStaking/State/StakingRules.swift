import ModuleKit
import StakingEvents

/// The parameters, in the types that are calculated with.
struct StakingRules: StoredValue, Hashable {
    var unbondingTime: TimeSpan
    var maxValidators: UInt32
    var maxEntries: UInt32
    var historicalEntries: UInt32
    var bondDenom: Denom
    var minCommissionRate: Decimal18
    var powerReduction: Amount

    init(_ stored: StakingParameters) throws(ModuleError) {
        unbondingTime = TimeSpan(nanoseconds: stored.unbondingTimeNanoseconds)
        maxValidators = stored.maxValidators
        maxEntries = stored.maxEntries
        historicalEntries = stored.historicalEntries
        bondDenom = try Denom(stored.bondDenom)
        minCommissionRate = try Decimal18(stored.minCommissionRate)
        powerReduction = try Amount(stored.powerReduction)
    }

    var stored: StakingParameters {
        .with {
            $0.unbondingTimeNanoseconds = unbondingTime.nanoseconds
            $0.maxValidators = maxValidators
            $0.maxEntries = maxEntries
            $0.historicalEntries = historicalEntries
            $0.bondDenom = bondDenom.text
            $0.minCommissionRate = minCommissionRate.description
            $0.powerReduction = powerReduction.description
        }
    }

    /// The parameters of a new chain: those of the Cosmos SDK, in this denomination.
    static func initial(bondDenom: Denom) throws(ModuleError) -> StakingRules {
        try StakingRules(
            .with {
                $0.unbondingTimeNanoseconds = TimeSpan.days(21).nanoseconds
                $0.maxValidators = 100
                $0.maxEntries = 7
                $0.historicalEntries = 10_000
                $0.bondDenom = bondDenom.text
                $0.minCommissionRate = Decimal18.zero.description
                $0.powerReduction = "1000000"
            }
        )
    }

    /// The largest active set: what one event for each 256 changes keeps quick.
    static let maxValidatorsLimit: UInt32 = 10_000
    /// The most entries of one delegator and the validators concerned.
    static let maxEntriesLimit: UInt32 = 100

    /// Checks what the parameters must satisfy.
    ///
    /// - Throws: `parameterNotAllowed`.
    func check() throws(ModuleError) {
        func require(_ isAllowed: Bool, _ rule: String) throws(ModuleError) {
            guard isAllowed else { throw ModuleError(.parameterNotAllowed, rule) }
        }
        try require(unbondingTime > .zero, "unbonding_time must be above zero")
        try require(
            (1...Self.maxValidatorsLimit).contains(maxValidators),
            "max_validators must be 1 to \(Self.maxValidatorsLimit)"
        )
        try require((1...Self.maxEntriesLimit).contains(maxEntries), "max_entries must be 1 to \(Self.maxEntriesLimit)")
        try require(minCommissionRate <= .one, "min_commission_rate must be at most 1")
        try require(!powerReduction.isZero, "power_reduction must be above zero")
    }

    /// A coin of the bond denomination, as events carry it.
    func coin(_ amount: Amount) -> ProtoCoin {
        .with {
            $0.denom = bondDenom.text
            $0.amount = amount.description
        }
    }

    /// Reads an amount above zero of the bond denomination.
    ///
    /// - Throws: `notBondCoin`, `invalidAmount`.
    func amount(of coin: ProtoCoin) throws(ModuleError) -> Amount {
        let amount = try Amount(coin.amount)
        guard coin.denom == bondDenom.text, !amount.isZero else {
            throw ModuleError(.notBondCoin, "only \(bondDenom) above zero can be staked: give such an amount")
        }
        return amount
    }
}
