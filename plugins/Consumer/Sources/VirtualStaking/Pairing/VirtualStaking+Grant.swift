import ModuleKit
import VirtualStakingEvents

extension VirtualStaking {
    /// Refuses a grant, or more of it, for which the pairing is not ready.
    ///
    /// What comes down is never offered, and can't be refused.
    ///
    /// - Throws: the first of `capMissing`, `converterMissing`, `converterNamesAnother`, `priceFeedMissing`, `channelNotOpen`,
    ///   `virtualStakingAdministered`, `converterAdministered`, `priceFeedAdministered`; `virtualStakingNotConfigured`.
    func consider(_ offer: GrantChange, _ context: Context) throws(ModuleError) {
        guard offer.instance == context.identity.number, offer.privilege == .mintVirtualStake else { return }
        guard offer.grant?.cap != nil else {
            throw ModuleError(.capMissing, "virtual stake is always bounded: grant \(offer.privilege) with a cap")
        }
        let check = PairingCheck(settings: try requireSettings(context), view: context.view)
        for point in try check.points() {
            if let failure = point.failure { throw failure }
        }
    }

    /// Follows a change of the instance's grant: under a lower cap, the stake shrinks to fit it in the same block.
    ///
    /// A grant without a cap bounds nothing, and so allows nothing here. A revocation is told twice; at first the cap is zero,
    /// and everything is let go; the second changes nothing more.
    func follow(_ change: GrantChange, _ context: Context) throws(ModuleError) {
        guard change.instance == context.identity.number, change.privilege == .mintVirtualStake else { return }
        let cap = change.grant?.cap ?? .zero
        guard try cap != sum(of: self.cap, context) else { return }
        try context.emit(.with { $0.capChanged.cap = cap.description })
        let parts = try freeParts(context)
        guard !parts.isEmpty else { return }
        try release(try Scale(parts.map(\.amount), to: cap).excess(of: parts), .capChanged, context)
    }
}
