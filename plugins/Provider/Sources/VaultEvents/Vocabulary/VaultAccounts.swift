public import BankEvents
import ModuleKit

extension VaultEvent {
    /// The module name of vaults, as their manifest has it.
    public static var moduleName: String { "vault" }

    /// The module account that keeps the collateral of the vault with a number: `vault:` and the number.
    ///
    /// A local holder gives coins back by paying them here.
    public static func moduleAccount(of vault: UInt32) -> ModuleAccountDeclaration {
        moduleAccount(named: "\(moduleName):\(vault)")
    }

    /// It destroys what is slashed, and may be given coins that vest.
    static func moduleAccount(named name: String) -> ModuleAccountDeclaration {
        ModuleAccountDeclaration(name, permissions: [.burner, .staking])
    }
}
