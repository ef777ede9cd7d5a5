import BankEvents
import ModuleKit

extension Bank {
    /// Gives a module account to the first instance that claims its name.
    func claim(_ declaration: ModuleAccountDeclaration, for origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        try Self.requireModuleName(declaration.name)
        let account = try accounts.value(for: declaration.address, in: context) ?? BankAccount()
        guard !account.hasPublicKey, !account.hasVesting else {
            throw ModuleError(
                .invalidModuleAccount,
                "the account of the module \(declaration.name) has a public key or vests: choose another name"
            )
        }
        let owner = account.moduleAccount.hasOwner ? account.moduleAccount.owner : origin.instance.number
        guard owner == origin.instance.number else {
            throw ModuleError(
                .moduleAccountTaken,
                "the module account \(declaration.name) belongs to instance \(owner), not to \(origin.instance.label): "
                    + "choose another name"
            )
        }
        let claimed = BankModuleAccount.with {
            $0.name = declaration.name
            $0.permissions = declaration.permissions
            $0.owner = owner
            $0.acceptsSends = declaration.acceptsSends
        }
        guard claimed != account.moduleAccount else { return }
        try context.emit(
            .with {
                $0.moduleAccountClaimed = .with {
                    $0.address = context.addresses.format(declaration.address, as: .account)
                    $0.moduleAccount = claimed
                }
            }
        )
    }

    /// Checks that a module account can have a name.
    static func requireModuleName(_ name: String) throws(ModuleError) {
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ModuleError(
                .invalidModuleAccount,
                "a module account can't have this name: use 1 to 64 printable ASCII characters without blanks"
            )
        }
    }
}
