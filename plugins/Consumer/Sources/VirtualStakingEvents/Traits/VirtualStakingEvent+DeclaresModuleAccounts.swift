public import BankEvents
import ModuleKit

extension VirtualStakingEvent: DeclaresModuleAccounts {
    /// The account on whose word virtual tokens are minted and burned. It holds nothing.
    public var moduleAccounts: [ModuleAccountDeclaration] {
        guard case .configured(let event) = event else { return [] }
        return [ModuleAccountDeclaration(event.settings.moduleAccount, permissions: [.minter, .burner])]
    }
}
