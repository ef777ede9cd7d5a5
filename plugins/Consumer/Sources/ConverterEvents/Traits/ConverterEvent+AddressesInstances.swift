public import ModuleKit

/// What is about pledges is for the virtual staking of the pair.
extension ConverterEvent: AddressesInstances {
    /// The number of the virtual-staking instance that this event is for; zero, which is nobody who reacts, for events
    /// between the converter and the provider. Subscribers by trait are offered every event.
    public var addressee: UInt32? {
        switch event {
        case .staked(let event): event.virtualStaking
        case .unstaked(let event), .burned(let event), .handedBack(let event): event.virtualStaking
        case .closed(let event): event.virtualStaking
        default: 0
        }
    }
}
