public import BankEvents
import ModuleKit

extension StakingEvent: MovesCoins {
    /// The coins that an event moves between accounts and pools, brings in at genesis, or burns.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .delegated(let event): return try event.coinMovements
            case .undelegated(let event): return try event.coinMovements
            case .redelegated(let event):
                return try event.amount.movement(
                    from: StakingPool(isBonded: event.isSourceBonded),
                    to: StakingPool(isBonded: event.isDestinationBonded)
                )
            case .unbondingCancelled(let event):
                return try event.amount.movement(
                    from: .notBonded,
                    to: StakingPool(isBonded: event.isValidatorBonded)
                )
            case .unbondingCompleted(let event):
                return try event.amount.undelegation(from: .notBonded, to: event.payee)
            case .validatorSetUpdated(let event):
                guard event.hasMoved else { return [] }
                return try event.moved.movement(
                    from: StakingPool(isBonded: !event.isMovedIntoBonded),
                    to: StakingPool(isBonded: event.isMovedIntoBonded)
                )
            case .unbondingSlashed(let event): return try event.burned.burning(from: .notBonded)
            case .redelegationSlashed(let event):
                return try event.unbondingBurned.burning(from: .notBonded)
                    + event.burned.burning(from: StakingPool(isBonded: event.isDestinationBonded))
            case .validatorSlashed(let event):
                return try event.burned.burning(from: StakingPool(isBonded: event.isValidatorBonded))
            case .poolsFunded(let event):
                return try event.bonded.minting(to: .bonded) + event.notBonded.minting(to: .notBonded)
            default: return []
            }
        }
    }
}

extension StakingDelegated {
    fileprivate var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            let pool = StakingPool(isBonded: isValidatorBonded)
            if isOrdered {
                return [.transfer(try amount.coins, from: StakingOrders.accountAddress, to: pool.address)]
            }
            return [.delegation(try amount.coins, from: try Address(bech32: delegator), to: pool.address)]
        }
    }
}

extension StakingUndelegated {
    /// Coins that are paid at once leave the pools; others change the pool if their validator was bonded.
    fileprivate var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            let pool = StakingPool(isBonded: isValidatorBonded)
            if completionTimeNanoseconds == 0 { return try amount.undelegation(from: pool, to: payee) }
            return try amount.movement(from: pool, to: .notBonded)
        }
    }
}

extension ProtoCoin {
    fileprivate var coins: Coins {
        get throws(ModuleError) { Coins(try coin()) }
    }

    /// From pool to pool; nothing between a pool and itself.
    fileprivate func movement(from: StakingPool, to: StakingPool) throws(ModuleError) -> [CoinMovement] {
        from == to ? [] : [.transfer(try coins, from: from.address, to: to.address)]
    }

    fileprivate func undelegation(from: StakingPool, to payee: String) throws(ModuleError) -> [CoinMovement] {
        let coins = try coins
        return coins.isEmpty ? [] : [.undelegation(coins, from: from.address, to: try Address(bech32: payee))]
    }

    fileprivate func burning(from: StakingPool) throws(ModuleError) -> [CoinMovement] {
        let coins = try coins
        return coins.isEmpty ? [] : [.burning(coins, from: from.address, by: from.name)]
    }

    fileprivate func minting(to: StakingPool) throws(ModuleError) -> [CoinMovement] {
        let coins = try coins
        return coins.isEmpty ? [] : [.minting(coins, to: to.address, by: to.name)]
    }
}
