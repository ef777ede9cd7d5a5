import ModuleKit
import VirtualStakingEvents

extension VirtualStaking {
    /// Follows a change of the instance's grant: under a lower cap, the stake shrinks to fit it in the same block.
    ///
    /// A grant without a cap bounds nothing, and so allows nothing here. A revocation is told twice; at first the cap is zero
    /// and the grant still lives, and everything is let go under it.
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
