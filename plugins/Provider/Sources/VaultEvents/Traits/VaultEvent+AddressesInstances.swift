public import ModuleKit

extension VaultEvent: AddressesInstances {
    /// The holder of the lien that an event is about. What is about no lien is for the host, which stands for nobody here.
    /// That collateral leaves is for the local holder, who may have lost some of it.
    ///
    /// Anyone may deploy lien holders. If all of them were offered every event, every user would pay for all of them.
    public var addressee: UInt32? {
        switch event {
        case .lienRequested(let event): event.holder
        case .lienAccepted(let event): event.holder
        case .lienCommitted(let event): event.holder
        case .lienRolledBack(let event): event.holder
        case .lienReleased(let event): event.holder
        case .slashed(let event): event.holder
        case .lienCut(let event): event.holder
        case .cutSettled(let event): event.holder
        case .unbonded(let event): event.localHolder
        case .configured, .bonded, .collateralBurned, .bountyPaid, .bountyForfeited, .accountImported,
            .transactionsImported, nil:
            0
        }
    }
}
