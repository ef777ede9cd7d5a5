import ModuleKit
import RewardsEvents

extension RewardsState {
    /// Projects one event; the only way in which state changes.
    func apply(_ event: RewardsEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .parametersSet(let event): try rules.set(try RewardRules(event.parameters), in: state)
        case .provisionsMinted(let event): try apply(event, to: state)
        case .distributed(let event): try apply(event, to: state)
        case .powersChanged(let event): try apply(event, to: state)
        case .validatorAdded(let event): try apply(event, to: state)
        case .commissionChanged(let event): try apply(event, to: state)
        case .validatorRemoved(let event): try apply(event, to: state)
        case .sharesChanged(let event): try apply(event, to: state)
        case .withdrawn(let event): try apply(event, to: state)
        case .commissionWithdrawn(let event): try apply(event, to: state)
        case .withdrawAddressSet(let event): try apply(event, to: state)
        case .communityPoolFunded(let event): try apply(event, to: state)
        case .communityPoolSpent(let event): try apply(event, to: state)
        case .inflationImported(let event): try inflation.set(try InflationState(event.inflation), in: state)
        case .denominationImported(let event): try apply(event, to: state)
        case .validatorImported(let event): try apply(event, to: state)
        case .positionImported(let event): try apply(event, to: state)
        // What the fee collector holds is the bank's to know, until it is shared out.
        case .withdrawalStopped, .genesisFunded, .feeCollected: break
        case nil: throw Self.doesNotFit("an event without content")
        }
    }

    private func apply(_ event: RewardsWithdrawAddressSet, to state: StateWriter) throws(ModuleError) {
        let delegator = try Address(bech32: event.delegator)
        let address = try Address(bech32: event.address)
        if address == delegator {
            try withdrawAddresses.remove(delegator, in: state)
        } else {
            try withdrawAddresses.set(address, for: delegator, in: state)
        }
    }

    private func apply(_ event: RewardsCommunityPoolFunded, to state: StateWriter) throws(ModuleError) {
        for coin in try Coins(event.amount) {
            try changeDenomination(coin.denom, in: state) { (ledger) throws(ModuleError) in
                try ledger.receive(coin.amount)
                ledger.communityPool = try ledger.communityPool.adding(Decimal36(coin.amount))
            }
        }
    }

    private func apply(_ event: RewardsCommunityPoolSpent, to state: StateWriter) throws(ModuleError) {
        for coin in try Coins(event.amount) {
            try changeDenomination(coin.denom, in: state) { (ledger) throws(ModuleError) in
                ledger.communityPool = try ledger.communityPool.subtracting(Decimal36(coin.amount))
                try ledger.pay(coin.amount)
            }
        }
    }
}
