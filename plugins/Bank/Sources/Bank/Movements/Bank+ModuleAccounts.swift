import BankEvents
import ModuleKit

extension Bank {
    /// Gives a module account to the first instance that claims its name.
    func claim(_ declaration: ModuleAccountDeclaration, for origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        try Self.requireModuleName(declaration.name)
        if let domain = declaration.domain { try Self.requireModuleName(domain) }
        let claimed = BankModuleAccount.with {
            $0.name = declaration.name
            $0.domain = declaration.domain ?? ""
            $0.permissions = declaration.permissions
            $0.owner = origin.instance.number
            $0.acceptsSends = declaration.acceptsSends
        }
        let account = try accounts.value(for: declaration.address, in: context) ?? BankAccount()
        guard !account.hasPublicKey, !account.hasVesting else {
            throw ModuleError(
                .invalidModuleAccount,
                "the account of the module \(claimed.fullName) has a public key or vests: choose another name"
            )
        }
        guard !account.moduleAccount.hasOwner || account.moduleAccount.owner == claimed.owner else {
            throw ModuleError(
                .moduleAccountTaken,
                "the module account \(claimed.fullName) belongs to instance \(account.moduleAccount.owner), not to "
                    + "\(origin.instance.label): choose another name"
            )
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

    /// Checks that a module account can have a name, or a domain, which is under the same rule.
    static func requireModuleName(_ name: String) throws(ModuleError) {
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw ModuleError(
                .invalidModuleAccount,
                "a module account can't have this name or domain: use 1 to 64 printable ASCII characters without blanks"
            )
        }
    }
}
