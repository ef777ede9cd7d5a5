import BankEvents
public import ModuleKit

extension Bank {
    /// Reads accounts, balances, supply and parameters of a Cosmos SDK genesis document, of any layout from 0.3x on.
    ///
    /// It answers for the sections `auth`, `bank`, `accounts`, `supply` and `vesting`. Every account and every balance
    /// becomes an event.
    ///
    /// - Throws: `duplicateEntry`, `supplyMismatch`, `invalidVesting`, `invalidModuleAccount`, or codespace `genesis` for
    ///   a malformed value, always with the JSON path.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        guard context.block.isGenesis else {
            throw ModuleError(.outsideGenesis, "balances are imported in the genesis block only: start another chain")
        }
        for section in ["auth", "bank", "accounts", "supply", "vesting"] { report.claim(section) }
        let state = genesis.appState
        var reader = GenesisImport(bank: self, context: context, report: report)
        do throws(ModuleError) {
            try reader.readParams(state)
            try reader.readMetadata(state["bank"]["denom_metadata"])
            try reader.readAccounts(state)
            try reader.readBalances(state["bank"]["balances"])
            try reader.readSupply(state)
            try reader.readOwnMembers(state["bank"])
            try reader.noteUnknownMembers(state)
        } catch {
            report = reader.report
            throw error
        }
        report = reader.report
    }
}

/// One import in progress: where it reads, what it has seen, and what it emits to.
struct GenesisImport {
    let bank: Bank
    let context: Bank.Context
    var report: GenesisReport
    /// Addresses seen as accounts.
    var accounts: Set<Address> = []
    /// Addresses seen with balances.
    var holders: Set<Address> = []
    /// What the balances add up to.
    var totals: [Denom: Amount] = [:]

    init(bank: Bank, context: Bank.Context, report: GenesisReport) {
        self.bank = bank
        self.context = context
        self.report = report
    }

    /// Lists the members of an object that nothing here reads.
    mutating func noteUnknownMembers(of field: JSONField, known: [String], at path: String) throws(ModuleError) {
        guard field.optional != nil else { return }
        for (name, member) in try field.members() where !known.contains(name) {
            report.skip("\(path).\(name)", "nothing here knows this member", example: member.path)
        }
    }

    mutating func noteUnknownMembers(_ state: JSONField) throws(ModuleError) {
        try noteUnknownMembers(
            of: state["auth"],
            known: ["params", "accounts", "collected_fees"],
            at: "app_state.auth"
        )
        try noteUnknownMembers(
            of: state["bank"],
            known: [
                "params", "balances", "supply", "denom_metadata", "send_enabled", "supply_offsets", "blocked_addresses",
            ],
            at: "app_state.bank"
        )
        try noteUnknownMembers(of: state["supply"], known: ["supply"], at: "app_state.supply")
        try noteUnknownMembers(of: state["vesting"], known: [], at: "app_state.vesting")
    }
}

extension JSONField {
    /// The elements of an array, none where there is nothing or `null`, as Go writes empty lists.
    func elements() throws(ModuleError) -> [JSONField] {
        guard let field = optional else { return [] }
        return try field.array()
    }

    /// Coins, none where there is nothing.
    func coinsIfAny() throws(ModuleError) -> Coins {
        guard let field = optional else { return .empty }
        return try field.coins()
    }

    /// A whole number, zero where there is nothing.
    func integerIfAny() throws(ModuleError) -> UInt64 {
        guard let field = optional else { return 0 }
        return try field.integer()
    }

    /// A text, empty where there is nothing.
    func stringIfAny() throws(ModuleError) -> String {
        guard let field = optional else { return "" }
        return try field.string()
    }

    /// The first of some members that is there; else the first, which is not.
    func first(of names: String...) -> JSONField {
        for name in names {
            if let field = self[name].optional { return field }
        }
        return self[names.first ?? ""]
    }
}
