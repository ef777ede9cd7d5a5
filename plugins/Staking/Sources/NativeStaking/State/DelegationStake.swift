import ModuleKit
import StakingEvents

/// One delegator's part of one validator. Invariant: above zero; a delegation without shares is removed.
struct DelegationStake: StoredValue, Hashable {
    var shares: Decimal18

    init(shares: Decimal18) { self.shares = shares }

    init(_ stored: StakingDelegationShares) throws(ModuleError) { shares = try Decimal18(stored.shares) }

    var stored: StakingDelegationShares { .with { $0.shares = shares.description } }
}
