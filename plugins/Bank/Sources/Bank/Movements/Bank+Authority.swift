import BankEvents
import ModuleKit

/// Who may move what. These rules, and nothing else, stand between a module and the coins of others.
extension Bank {
    /// Checks that an event may take coins from an account: its owner signed, or it belongs to the event's instance.
    ///
    /// In the genesis block nobody signs, and everything that is imported is trusted alike.
    func requireAuthority(over address: Address, _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        if origin.signer == address || context.block.isGenesis { return }
        guard try isOwned(address, by: origin, context) else {
            throw ModuleError(
                .unauthorizedMovement,
                "\(origin.instance.label) may not move coins of \(context.addresses.format(address, as: .account)): the "
                    + "account has to sign the transaction, or belong to the instance"
            )
        }
    }

    /// Whether an account is an instance's own address or a module account that it owns.
    func isOwned(_ address: Address, by origin: EventOrigin, _ context: Context) throws(ModuleError) -> Bool {
        if origin.instance.address == address { return true }
        guard let account = try accounts.value(for: address, in: context) else { return false }
        return account.isOwned(by: origin.instance)
    }

    /// Checks that the event's instance owns the module account at an address, and that it has a permission.
    func requirePermission(
        _ permission: BankPermission,
        at address: Address,
        _ origin: EventOrigin,
        _ context: Context
    ) throws(ModuleError) {
        let account = try accounts.value(for: address, in: context) ?? BankAccount()
        guard account.isOwned(by: origin.instance), account.moduleAccount.permissions.contains(permission) else {
            throw ModuleError(
                .missingPermission,
                "\(origin.instance.label) owns no module account at \(context.addresses.format(address, as: .account)) "
                    + "with the permission \(permission.name): declare it with DeclaresModuleAccounts"
            )
        }
    }

    /// Checks that an event which creates coins, or hides them from the supply, is of a privileged kind.
    ///
    /// Anyone may deploy an instance, and the first to claim a module account owns it. Only a grant, which the kind's
    /// privilege asks for, tells an instance that may mint from one that merely says so. A kind that outlives its grant may
    /// take back what was hidden, but create and hide nothing.
    ///
    /// - Parameter takesBack: whether the event shows again what was hidden.
    func requirePrivileged(_ origin: EventOrigin, takesBack: Bool = false, _ context: Context) throws(ModuleError) {
        let isPrivileged = origin.kind.privilege != nil && (takesBack || !origin.kind.outlivesGrant)
        guard isPrivileged || context.block.isGenesis else {
            throw ModuleError(
                .missingPermission,
                "\(origin.instance.label) creates coins with \(origin.kind.name), which is no privileged kind of event: "
                    + "the vocabulary has to name the privilege that its instances must be granted"
            )
        }
    }

    /// Checks the same of a module account that a movement names; the name.
    func requireModuleAccount(
        _ name: String?,
        _ permission: BankPermission,
        _ origin: EventOrigin,
        _ context: Context
    ) throws(ModuleError) -> String {
        guard let name else {
            throw ModuleError(
                .missingPermission,
                "coins are created or destroyed without a module account's word: name one with the permission "
                    + permission.name
            )
        }
        do {
            try requirePermission(permission, at: Address(moduleName: name), origin, context)
        } catch {
            throw error.adding(context: "module account \(name)")
        }
        return name
    }
}

extension BankAccount {
    /// Whether this is a module account that an instance has claimed.
    fileprivate func isOwned(by instance: InstanceIdentity) -> Bool {
        hasModuleAccount && moduleAccount.hasOwner && moduleAccount.owner == instance.number
    }
}

extension BankPermission {
    /// The name that the Cosmos SDK uses.
    var name: String {
        switch self {
        case .minter: "minter"
        case .burner: "burner"
        case .staking: "staking"
        case .unspecified: "unspecified"
        case .UNRECOGNIZED(let number): "\(number)"
        }
    }

    /// The permission with a name, or nil.
    init?(name: String) {
        switch name {
        case "minter": self = .minter
        case "burner": self = .burner
        case "staking": self = .staking
        default: return nil
        }
    }
}
