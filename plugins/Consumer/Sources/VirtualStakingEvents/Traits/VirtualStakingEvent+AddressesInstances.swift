public import ModuleKit

extension VirtualStakingEvent: AddressesInstances {
    /// The converter that is handed rewards; nil for all other events.
    public var addressee: UInt32? {
        guard case .rewardsCollected(let event) = event else { return nil }
        return event.converter
    }
}
