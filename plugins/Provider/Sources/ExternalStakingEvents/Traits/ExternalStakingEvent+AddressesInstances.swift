public import ModuleKit

extension ExternalStakingEvent: AddressesInstances {
    /// The vault, for what a user pays: nobody else who listens can veto that.
    public var addressee: UInt32? {
        if case .liabilitySettled(let event) = event { event.vault } else { nil }
    }
}
