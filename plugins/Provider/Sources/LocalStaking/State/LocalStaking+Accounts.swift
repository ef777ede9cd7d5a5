import LocalStakingEvents
import ModuleKit

extension LocalStaking {
    /// Changes an account, and keeps the lists of what has to leave its validator, and of whom slashes can reach.
    func change(
        _ owner: String,
        _ state: StateWriter,
        _ body: (inout StakeAccount) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        let address = try Address(bech32: owner)
        let before = try account(of: address, in: state)
        var account = before
        try body(&account)
        if account.stakes.isEmpty {
            if !before.stakes.isEmpty { try accounts.remove(address, in: state) }
        } else {
            try accounts.set(account, for: address, in: state)
        }
        for stake in before.stakes {
            let after = account.stake(at: stake.validator)
            if !stake.leaving.isZero, after.leaving.isZero { try delistLeaving(address, stake.validator, state) }
            if stake.isExposed, !after.isExposed { try exposed.remove(Pair(stake.validator, address), in: state) }
        }
        for stake in account.stakes {
            let before = before.stake(at: stake.validator)
            if before.leaving.isZero, !stake.leaving.isZero { try listLeaving(address, stake.validator, state) }
            if !before.isExposed, stake.isExposed {
                try exposed.set(Unit(), for: Pair(stake.validator, address), in: state)
            }
        }
    }

    private func listLeaving(_ owner: Address, _ validator: Address, _ state: StateWriter) throws(ModuleError) {
        try leaving.set(Unit(), for: Pair(owner, validator), in: state)
        try leavingCount.set((try leavingCount.value(in: state) ?? 0) &+ 1, in: state)
    }

    private func delistLeaving(_ owner: Address, _ validator: Address, _ state: StateWriter) throws(ModuleError) {
        try leaving.remove(Pair(owner, validator), in: state)
        let count = try leavingCount.value(in: state) ?? 0
        if count > 1 { try leavingCount.set(count - 1, in: state) } else { try leavingCount.remove(in: state) }
    }
}
