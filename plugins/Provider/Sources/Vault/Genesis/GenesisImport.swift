import BankEvents
import ModuleKit
import VaultEvents

/// One import in progress: where it reads, what it has found, and what it emits to.
struct GenesisImport {
    private static let lienMembers = ["holder", "purpose", "total", "in_flight", "slashable", "lent", "outflows"]

    let vault: Vault
    let context: Vault.Context
    let settings: VaultSettings
    var report: GenesisReport

    /// Reads the section.
    mutating func read(_ section: JSONField) throws(ModuleError) {
        guard try section["denom"].denom().text == settings.denom else {
            throw section["denom"].invalid(
                "this vault keeps \(settings.denom); configure it with the other denomination"
            )
        }
        for field in try section["accounts"].array() { try readAccount(field) }
        let last: UInt64 = try section["last_transaction"].integer()
        try context.emit(.with { $0.transactionsImported.lastTransaction = last })
        try requireCoins(section)
        try noteUnknownMembers(of: section, known: ["denom", "last_transaction", "accounts"], at: "")
    }

    private mutating func readAccount(_ field: JSONField) throws(ModuleError) {
        let owner = try field["address"].address(context.addresses, as: .account)
        guard try !vault.accounts.contains(owner, in: context) else {
            throw field["address"].invalid("an account stands here once; join the two")
        }
        var liens: [Lien] = []
        var holders: [VaultHolder] = []
        for lien in try field["liens"].array() {
            let holder = try holder(lien["holder"])
            liens.append(try readLien(lien, holder.number))
            holders.append(
                .with {
                    $0.number = holder.number
                    $0.address = context.addresses.format(holder.address, as: .account)
                    $0.label = holder.label
                }
            )
        }
        let account = VaultAccount(
            collateral: try field["collateral"].amount(),
            unburned: try field["unburned"].amount(),
            liens: liens
        )
        if let fault = account.faults.first { throw field.invalid("\(fault)") }
        guard !account.isEmpty else { throw field.invalid("an account with nothing in it is none; remove it") }
        let sorted = holders.sorted { $0.number < $1.number }
        try context.emit(
            .with {
                $0.accountImported.owner = context.addresses.format(owner, as: .account)
                $0.accountImported.account = account.record
                $0.accountImported.holders = sorted
            }
        )
        try noteUnknownMembers(
            of: field,
            known: ["address", "collateral", "unburned", "liens"],
            at: ".accounts[]"
        )
    }

    private mutating func readLien(_ field: JSONField, _ holder: UInt32) throws(ModuleError) -> Lien {
        guard let purpose = Lien.Purpose(genesisName: try field["purpose"].string()) else {
            throw field["purpose"].invalid("a lien has the purpose local or remote")
        }
        var outflows: [LienOutflow] = []
        for outflow in try field["outflows"].array() {
            outflows.append(
                LienOutflow(
                    time: try outflow["time"].timestamp(),
                    amount: try outflow["amount"].amount(),
                    slashed: try outflow["slashed"].amount()
                )
            )
            try noteUnknownMembers(
                of: outflow,
                known: ["time", "amount", "slashed"],
                at: ".accounts[].liens[].outflows[]"
            )
        }
        try noteUnknownMembers(of: field, known: Self.lienMembers, at: ".accounts[].liens[]")
        return Lien(
            holder: holder,
            purpose: purpose,
            slashable: try field["slashable"].decimal(),
            total: try field["total"].amount(),
            inFlight: try field["in_flight"].amount(),
            lent: try field["lent"].amount(),
            outflows: outflows
        )
    }

    private func holder(_ field: JSONField) throws(ModuleError) -> InstanceIdentity {
        guard let holder = context.instance(named: try field.string()) else {
            throw field.invalid("no instance has this label; deploy the holder of the lien")
        }
        return holder
    }

    /// Checks that the bank has what belongs to the accounts.
    private func requireCoins(_ section: JSONField) throws(ModuleError) {
        guard let bank = context.firstInstance(ofModule: "bank") else {
            throw ModuleError(.notFound, "this chain has no bank: deploy one before vaults")
        }
        let address = VaultEvent.moduleAccount(of: context.identity.number).address
        let query = BankQuery.with {
            $0.balance.address = context.addresses.format(address, as: .account)
            $0.balance.denom = settings.denom
        }
        let held = try context.ask(query, of: bank.number).balance.coin().amount
        let needed = try vault.coinsHeld(context)
        guard held >= needed else {
            throw section["accounts"].invalid(
                "the accounts need \(needed)\(settings.denom) in \(settings.moduleAccount), and the bank has \(held) there; "
                    + "correct the balance or the accounts"
            )
        }
    }

    /// Lists the members of an object that nothing here reads.
    private mutating func noteUnknownMembers(of field: JSONField, known: [String], at place: String)
        throws(ModuleError)
    {
        for (name, member) in try field.members() where !known.contains(name) {
            report.skip(
                "app_state.\(settings.genesisSection)\(place).\(name)",
                "nothing here knows this member",
                example: member.path
            )
        }
    }
}
