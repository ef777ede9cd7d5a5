import ModuleKit
import StakingEvents

/// Running sums over all validators.
struct PoolTotals: StoredValue, Hashable {
    /// The tokens of bonded validators: what the bonded pool holds.
    var bonded: Amount = .zero
    /// The tokens of other validators, and unbonding coins: what the other pool holds.
    var notBonded: Amount = .zero
    /// The power of the active set.
    var power: UInt64 = 0
    /// The number of the next slash.
    var nextSlash: UInt64 = 1

    init() {}

    init(_ stored: StakingTotals) throws(ModuleError) {
        bonded = try Amount(stored.bonded)
        notBonded = try Amount(stored.notBonded)
        power = stored.power
        nextSlash = stored.nextSlash
    }

    var stored: StakingTotals {
        .with {
            $0.bonded = bonded.description
            $0.notBonded = notBonded.description
            $0.power = power
            $0.nextSlash = nextSlash
        }
    }

    /// Adds coins to a pool.
    mutating func add(_ amount: Amount, to pool: StakingPool) throws(ModuleError) {
        switch pool {
        case .bonded: bonded = try bonded.adding(amount)
        case .notBonded: notBonded = try notBonded.adding(amount)
        }
    }

    /// Takes coins from a pool.
    mutating func remove(_ amount: Amount, from pool: StakingPool) throws(ModuleError) {
        switch pool {
        case .bonded: bonded = try bonded.subtracting(amount)
        case .notBonded: notBonded = try notBonded.subtracting(amount)
        }
    }

    /// Moves coins between the pools; between a pool and itself nothing happens.
    mutating func move(_ amount: Amount, from source: StakingPool, to destination: StakingPool) throws(ModuleError) {
        guard source != destination else { return }
        try remove(amount, from: source)
        try add(amount, to: destination)
    }
}
