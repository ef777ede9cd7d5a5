public import ModuleKit

extension StakingEvent: AddressesInstances {
    /// The instance whose sub-account an event is about; nil for all other events.
    ///
    /// So what a sub-account costs does not grow with the number of instances that order stake. Who has to see every
    /// event, as the bank has, subscribes to a trait, or by type: `.onTrait({ $0 == StakingEvent.self })`.
    public var addressee: UInt32? { subAccount?.instanceNumber }

    /// Whose sub-account the delegator of an event is; nil for another account, or where there is no delegator.
    public var subAccount: StakingSubAccount? {
        switch event {
        case .delegated(let event): event.hasSubAccount ? event.subAccount : nil
        case .undelegated(let event): event.hasSubAccount ? event.subAccount : nil
        case .redelegated(let event): event.hasSubAccount ? event.subAccount : nil
        case .unbondingCompleted(let event): event.hasSubAccount ? event.subAccount : nil
        case .unbondingSlashed(let event): event.hasSubAccount ? event.subAccount : nil
        case .redelegationSlashed(let event): event.hasSubAccount ? event.subAccount : nil
        default: nil
        }
    }
}

extension StakingUndelegated {
    /// Who gets coins that come back at once: the delegator, or the instance whose sub-account it is.
    public var payee: String { hasSubAccount ? subAccount.instance : delegator }
}

extension StakingUnbondingCompleted {
    /// Who gets the coins: the delegator, or the instance whose sub-account it is.
    public var payee: String { hasSubAccount ? subAccount.instance : delegator }
}
