import BankEvents
import ModuleKit

extension GenesisImport {
    /// Reads the accounts of every layout: `auth.accounts`, and before SDK 0.38 the list `accounts`, with coins inside.
    mutating func readAccounts(_ state: JSONField) throws(ModuleError) {
        for field in try state["auth"]["accounts"].elements() { try readAccount(field, "app_state.auth.accounts[]") }
        for field in try state["accounts"].elements() { try readAccount(field, "app_state.accounts[]") }
        try readCollectedFees(state["auth"]["collected_fees"])
    }

    /// Before SDK 0.36 collected fees belonged to no account; later they lie in the account of `fee_collector`.
    private mutating func readCollectedFees(_ field: JSONField) throws(ModuleError) {
        let fees = try field.coinsIfAny()
        guard !fees.isEmpty else { return }
        try addBalance(fees, of: Address(moduleName: "fee_collector"), at: field)
        report.remark(
            "app_state.auth.collected_fees",
            "credited to the module account fee_collector",
            example: field.path
        )
    }

    private mutating func readAccount(_ field: JSONField, _ path: String) throws(ModuleError) {
        let parts = try GenesisAccountParts(field)
        let address = try parts.base["address"].address(context.addresses, as: .account)
        guard accounts.insert(address).inserted else {
            throw duplicate("there is an account of", context.addresses.format(address, as: .account), at: field)
        }
        var account = BankAccount()
        account.accountNumber = try parts.base["account_number"].integerIfAny()
        account.sequence = try parts.base.first(of: "sequence", "sequence_number").integerIfAny()
        if let key = parts.base.first(of: "pub_key", "public_key").optional {
            if let key = try publicKey(key, "\(path).pub_key") { account.publicKey = key }
        }
        if let module = try moduleAccount(parts, address) { account.moduleAccount = module }
        if let vesting = try vesting(parts, path) { account.vesting = vesting }
        noteKind(parts, path)
        for (part, known) in parts.membersByPart {
            try noteUnknownMembers(of: part, known: known, at: path)
        }
        if try bank.accounts.value(for: address, in: context)?.moduleAccount.hasOwner == true {
            try keepClaim(of: address, in: &account, at: field)
        }
        let text = context.addresses.format(address, as: .account)
        do {
            try context.emit(
                .with {
                    $0.accountImported.address = text
                    $0.accountImported.account = account
                }
            )
        } catch {
            throw error.adding(context: field.path)
        }
        if let coins = parts.base["coins"].optional { try addBalance(try coins.coins(), of: address, at: field) }
    }

    private mutating func noteKind(_ parts: GenesisAccountParts, _ path: String) {
        guard case .unknown(let name) = parts.kind else { return }
        let rest = parts.hasVesting ? "its coins stay locked until the end of vesting" : "its base account is kept"
        report.skip(path, "accounts of the type \(name) are not known here; \(rest)", example: parts.base.path)
    }

    /// A module account that an instance has claimed before the import stays the instance's.
    private func keepClaim(of address: Address, in account: inout BankAccount, at field: JSONField) throws(ModuleError)
    {
        guard !account.hasVesting, !account.hasPublicKey,
            let claimed = try bank.accounts.value(for: address, in: context)
        else {
            throw ModuleError(.invalidModuleAccount, "\(field.path): a module's account has a key or vests; remove it")
        }
        account.moduleAccount = claimed.moduleAccount
    }

    private func moduleAccount(_ parts: GenesisAccountParts, _ address: Address) throws(ModuleError)
        -> BankModuleAccount?
    {
        guard let field = parts.module else { return nil }
        let nameField = field.first(of: "name", "module_name")
        let name = try nameField.stringIfAny()
        // Plain accounts of SDK 0.36 and 0.37 have an empty name.
        if parts.kind == .plain, name.isEmpty { return nil }
        var module = BankModuleAccount()
        module.name = name
        module.domain = parts.kind == .module ? try field["domain"].stringIfAny() : ""
        do {
            try Bank.requireModuleName(name)
            if !module.domain.isEmpty { try Bank.requireModuleName(module.domain) }
        } catch {
            throw error.adding(context: nameField.path)
        }
        guard module.address == address else {
            throw ModuleError(
                .invalidModuleAccount,
                "\(field.path): the address is not the one of the module \(module.fullName), which is "
                    + "\(context.addresses.format(module.address, as: .account)); correct one of them"
            )
        }
        for permission in try field.first(of: "permissions", "module_permissions").elements() {
            guard let known = BankPermission(name: try permission.string()) else {
                throw permission.invalid("is no permission; use minter, burner or staking")
            }
            module.permissions.append(known)
        }
        return module
    }

    private mutating func vesting(_ parts: GenesisAccountParts, _ path: String) throws(ModuleError) -> BankVesting? {
        guard let kind = try parts.vestingKind(), let field = parts.vesting else { return nil }
        var vesting = BankVesting()
        vesting.kind = kind
        vesting.originalVesting = try field["original_vesting"].coinsIfAny().proto
        vesting.delegatedFree = try field["delegated_free"].coinsIfAny().proto
        vesting.delegatedVesting = try field["delegated_vesting"].coinsIfAny().proto
        vesting.endSeconds = try field["end_time"].integerIfAny()
        vesting.startSeconds = try parts.body["start_time"].integerIfAny()
        for period in try parts.body["vesting_periods"].elements() {
            var step = BankVestingPeriod()
            step.lengthSeconds = try period["length"].integer()
            step.amount = try period["amount"].coins().proto
            vesting.periods.append(step)
            try noteUnknownMembers(of: period, known: ["length", "amount"], at: "\(path).vesting_periods[]")
        }
        do {
            try vesting.validate()
        } catch {
            throw error.adding(context: field.path)
        }
        return vesting
    }
}
