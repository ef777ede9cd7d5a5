public import ModuleKit

extension RewardsEvent: AddressesInstances {
    /// The instance that ordered a withdrawal; nil for all other events.
    public var addressee: UInt32? {
        guard case .withdrawn(let event) = event, event.instanceNumber > 0 else { return nil }
        return event.instanceNumber
    }
}
