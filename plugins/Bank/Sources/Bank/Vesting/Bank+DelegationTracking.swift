import BankEvents
import ModuleKit

/// Vesting coins may be delegated. What is delegated is counted, so that it is neither locked twice nor freed by coming
/// back (Cosmos SDK x/auth/vesting, `TrackDelegation` and `TrackUndelegation`).
extension Bank {
    /// Counts a delegation of an account that vests: coins that are still vesting are delegated first.
    func trackDelegation(of coins: Coins, by delegator: Address, _ context: Context) throws(ModuleError) {
        guard var counts = try delegationCounts(of: delegator, context) else { return }
        let locked = try locked(of: delegator, at: context.block.time.wholeSeconds, context)
        for coin in coins {
            let vesting = min(locked.amount(of: coin.denom), coin.amount)
            let free = coin.amount.saturatingSubtracting(vesting)
            counts.vesting = try counts.vesting.adding(Coin(vesting, coin.denom))
            counts.free = try counts.free.adding(Coin(free, coin.denom))
        }
        try emit(counts, of: delegator, context)
    }

    /// Counts coins that come back to an account that vests: free coins first.
    ///
    /// After a slash less comes back than was delegated, and what never does stays counted.
    func trackUndelegation(of coins: Coins, by delegator: Address, _ context: Context) throws(ModuleError) {
        guard var counts = try delegationCounts(of: delegator, context) else { return }
        for coin in coins {
            let free = min(counts.free.amount(of: coin.denom), coin.amount)
            let rest = coin.amount.saturatingSubtracting(free)
            let vesting = min(counts.vesting.amount(of: coin.denom), rest)
            counts.free = try counts.free.subtracting(Coin(free, coin.denom))
            counts.vesting = try counts.vesting.subtracting(Coin(vesting, coin.denom))
        }
        try emit(counts, of: delegator, context)
    }

    private func emit(_ counts: DelegationCounts, of delegator: Address, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.delegationTracked = .with {
                    $0.address = context.addresses.format(delegator, as: .account)
                    $0.delegatedFree = counts.free.proto
                    $0.delegatedVesting = counts.vesting.proto
                }
            }
        )
    }

    private func delegationCounts(of address: Address, _ context: Context) throws(ModuleError) -> DelegationCounts? {
        guard let account = try accounts.value(for: address, in: context), account.hasVesting else { return nil }
        return DelegationCounts(
            free: try Coins(account.vesting.delegatedFree),
            vesting: try Coins(account.vesting.delegatedVesting)
        )
    }
}

/// How much of a vesting account's delegations was free, and how much was vesting, when it was delegated.
private struct DelegationCounts {
    var free: Coins
    var vesting: Coins
}
