public import BankEvents
import ModuleKit

extension VaultEvent: DeclaresModuleAccounts {
    /// The account that keeps the collateral.
    public var moduleAccounts: [ModuleAccountDeclaration] {
        get throws(ModuleError) {
            guard case .configured(let event) = event else { return [] }
            return [Self.moduleAccount(named: event.settings.moduleAccount)]
        }
    }
}
