import BankEvents
import ModuleKit

extension Bank {
    /// What an account holds of a denomination.
    func balance(of address: Address, _ denom: Denom, _ state: some StateReading) throws(ModuleError) -> Amount {
        try balances.value(for: Pair(address, denom), in: state) ?? .zero
    }

    /// What an account can't spend at a time, because it has not vested and is not delegated.
    func locked(of address: Address, at seconds: UInt64, _ state: some StateReading) throws(ModuleError) -> Coins {
        guard let account = try accounts.value(for: address, in: state), account.hasVesting else { return .empty }
        return try account.vesting.locked(at: seconds)
    }

    /// Checks that an account holds coins.
    func requireHeld(_ coins: Coins, by address: Address, _ context: Context) throws(ModuleError) {
        for coin in coins {
            let held = try balance(of: address, coin.denom, context)
            guard held >= coin.amount else {
                throw ModuleError(
                    .insufficientFunds,
                    "\(context.addresses.format(address, as: .account)) holds \(held)\(coin.denom) and can't give "
                        + "\(coin): take less"
                )
            }
        }
    }

    /// Checks that an account holds coins and that none of them is locked by vesting.
    func requireSpendable(_ coins: Coins, of address: Address, _ context: Context) throws(ModuleError) {
        try requireHeld(coins, by: address, context)
        let locked = try locked(of: address, at: context.block.time.wholeSeconds, context)
        guard !locked.isEmpty else { return }
        for coin in coins {
            let spendable = try balance(of: address, coin.denom, context)
                .saturatingSubtracting(locked.amount(of: coin.denom))
            guard spendable >= coin.amount else {
                throw ModuleError(
                    .lockedFunds,
                    "\(context.addresses.format(address, as: .account)) can spend \(spendable)\(coin.denom) now, not "
                        + "\(coin), because the rest has not vested: wait, or send less"
                )
            }
        }
    }
}
