public import ModuleKit
public import VaultEvents

extension Vault {
    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `noLien`; `invalidAddress` or `invalidBech32` for a malformed question; `invalidState` before the instance
    ///   was configured; `invalidArgument` for an empty question.
    public func answer(_ query: VaultQuery, _ state: StateReader) throws(ModuleError) -> VaultAnswer {
        let settings = try requireSettings(state)
        var answer = VaultAnswer()
        switch query.query {
        case .settings: answer.settings = settings
        case .account(let query):
            let owner = try Address(bech32: query.address)
            answer.account = try details(of: try account(of: owner, in: state), owner, settings, state)
        case .lien(let query): answer.lien = try self.answer(query, state)
        case .accounts(let query): answer.accounts = try self.answer(query, settings, state)
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set one of its fields")
        }
        return answer
    }

    private func answer(_ query: VaultLienQuery, _ state: StateReader) throws(ModuleError) -> VaultLienDetails {
        let account = try account(of: try Address(bech32: query.address), in: state)
        guard let lien = account.lien(of: query.holder) else {
            throw ModuleError(
                .noLien,
                "instance \(query.holder) has no lien on the collateral of this account: ask for the account to see who has"
            )
        }
        return try details(of: lien, state)
    }

    private func answer(_ query: VaultAccountsQuery, _ settings: VaultSettings, _ state: StateReader)
        throws(ModuleError) -> VaultAccounts
    {
        let start = query.startAddress.isEmpty ? nil : try Address(bech32: query.startAddress)
        let limit = query.limit == 0 ? 100 : Int(min(query.limit, 1000))
        var page = VaultAccounts()
        try accounts.forEach(in: state, from: start) { (owner, record) throws(ModuleError) in
            guard page.accounts.count < limit else {
                page.nextAddress = try owner.text(prefix: settings.bech32Prefix)
                return false
            }
            page.accounts.append(try details(of: try VaultAccount(record), owner, settings, state))
            return true
        }
        return page
    }

    private func details(
        of account: VaultAccount,
        _ owner: Address,
        _ settings: VaultSettings,
        _ state: StateReader
    ) throws(ModuleError) -> VaultAccountDetails {
        var details = VaultAccountDetails()
        details.address = try owner.text(prefix: settings.bech32Prefix)
        details.denom = settings.denom
        details.bonded = account.collateral.description
        details.free = VaultRange(account.free)
        details.maxLien = VaultRange(account.maxLien)
        details.totalSlashable = VaultRange(account.totalSlashable)
        details.unburned = account.unburned.description
        for lien in account.liens { details.liens.append(try self.details(of: lien, state)) }
        return details
    }

    private func details(of lien: Lien, _ state: StateReader) throws(ModuleError) -> VaultLienDetails {
        let holder = try holders.value(for: lien.holder, in: state) ?? .with { $0.number = lien.holder }
        return .with {
            $0.holder = holder
            $0.purpose = lien.purpose.record
            $0.amount = VaultRange(lien.amount)
            $0.slashable = lien.slashable.shortDescription
        }
    }
}

extension VaultRange {
    fileprivate init(_ range: AmountRange) {
        self = .with {
            $0.low = range.low.description
            $0.high = range.high.description
        }
    }
}
