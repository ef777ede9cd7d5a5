public import ModuleKit

extension TransferEvent: AddressesInstances {
    /// The instance that ordered a transfer, for what becomes of it; and the instance that has received tokens.
    public var addressee: UInt32? {
        switch event {
        case .delivered(let event): event.parcel.orderer
        case .refunded(let event): event.parcel.orderer
        case .refundOwed(let event): event.refund.parcel.orderer
        case .received(let event) where event.instanceNumber > 0: event.instanceNumber
        case .hookCalled(let event) where event.instanceNumber > 0: event.instanceNumber
        default: nil
        }
    }
}

extension TransferParcel {
    /// The number of the instance that ordered the transfer; nil where an account has sent it.
    fileprivate var orderer: UInt32? { hasOrder && order.instanceNumber > 0 ? order.instanceNumber : nil }
}
