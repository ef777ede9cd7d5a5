public import ModuleKit

extension EvidenceEvent: AddressesInstances {
    /// The instance that is told of a proof. All else is the module's own affair: it goes to the host, which listens to none
    /// of it, so that it does not cost more with every instance that could be told.
    public var addressee: UInt32? {
        guard case .duplicateVoteProven(let proof) = event else { return 0 }
        return proof.instanceNumber
    }
}
