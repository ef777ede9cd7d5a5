import ModuleKit
import VirtualStakingEvents

/// How the collection of rewards is projected.
extension VirtualStaking {
    /// With the grant, the last stake goes; what it has earned is collected at the end of the block.
    func apply(_ event: VirtualStakingCapChanged, to state: StateWriter) throws(ModuleError) {
        let cap = try Amount(event.cap)
        try store(cap, in: self.cap, state)
        if cap.isZero { try beginCollection(state) }
    }

    /// Where no stake is left, this was the last time.
    func apply(_ event: VirtualStakingRewardsOrdered, to state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        guard try formerValidators.contains(validator, in: state) else { return }
        try formerValidators.remove(validator, in: state)
    }

    func apply(_ event: VirtualStakingRewardsCollected, to state: StateWriter) throws(ModuleError) {
        for coin in try Coins(event.others) {
            try otherRewards.update(coin.denom, in: state) { (amount) throws(ModuleError) in
                amount = try (amount ?? .zero).adding(coin.amount)
            }
        }
    }

    func apply(_ event: VirtualStakingOtherRewardsGiven, to state: StateWriter) throws(ModuleError) {
        for coin in try Coins(event.coins) {
            try otherRewards.update(coin.denom, in: state) { (amount) throws(ModuleError) in
                guard let before = amount, before >= coin.amount else {
                    throw Self.inconsistent("more is given away than was collected")
                }
                amount = before == coin.amount ? nil : before.saturatingSubtracting(coin.amount)
            }
        }
    }

    func apply(_ event: VirtualStakingRewardsImported, to state: StateWriter) throws(ModuleError) {
        for validator in event.formerValidators {
            try formerValidators.set(Unit(), for: try Address(bech32: validator), in: state)
        }
        if event.hasCollection { try collection.set(event.collection, in: state) }
        for coin in try Coins(event.others) { try otherRewards.set(coin.amount, for: coin.denom, in: state) }
    }

    /// A collection begins with the end of this block, if there may be anything to collect.
    func beginCollection(_ state: StateWriter) throws(ModuleError) {
        let hasStake = try mintedTotal.value(in: state) != nil
        let hasFormer = try !formerValidators.entries(in: state, limit: 1).isEmpty
        if hasStake || hasFormer { try collection.set(VirtualStakingCollection(), in: state) }
    }
}
