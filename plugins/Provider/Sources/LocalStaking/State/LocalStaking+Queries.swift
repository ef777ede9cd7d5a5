public import LocalStakingEvents
public import ModuleKit
import StakingEvents

extension LocalStaking {
    private static let pageDefault = 100
    private static let pageMax = 1_000

    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: codespace `kit` for a malformed address; `invalidState` before the instance was configured;
    ///   `invalidArgument` for an empty question.
    public func answer(_ query: LocalStakingQuery, _ state: StateReader) throws(ModuleError) -> LocalStakingAnswer {
        let settings = try requireSettings(state)
        var answer = LocalStakingAnswer()
        switch query.query {
        case .settings: answer.settings = settings
        case .account(let query):
            let owner = try address(query.address, settings)
            answer.account = try details(of: owner, try account(of: owner, in: state), settings)
        case .accounts(let query): answer.accounts = try page(query, settings, state)
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set one of its fields")
        }
        return answer
    }

    private func page(_ query: LocalStakingAccountsQuery, _ settings: LocalStakingSettings, _ state: StateReader)
        throws(ModuleError) -> LocalStakingAccounts
    {
        let start = query.startAddress.isEmpty ? nil : try address(query.startAddress, settings)
        let limit = query.limit == 0 ? Self.pageDefault : min(Int(query.limit), Self.pageMax)
        var page = LocalStakingAccounts()
        try accounts.forEach(in: state, from: start) { (owner, account) throws(ModuleError) in
            guard page.accounts.count < limit else {
                page.nextAddress = try owner.text(prefix: settings.accountPrefix)
                return false
            }
            page.accounts.append(try details(of: owner, account, settings))
            return true
        }
        return page
    }

    private func address(_ text: String, _ settings: LocalStakingSettings) throws(ModuleError) -> Address {
        try AddressPrefixes(account: settings.accountPrefix).parse(text, as: .account)
    }

    private func details(of owner: Address, _ account: StakeAccount, _ settings: LocalStakingSettings)
        throws(ModuleError) -> LocalStakingAccountDetails
    {
        var details = LocalStakingAccountDetails()
        details.address = try owner.text(prefix: settings.accountPrefix)
        let subAccount = Address(instance: try Address(bech32: settings.account), account: owner)
        details.subAccount = try subAccount.text(prefix: settings.accountPrefix)
        details.lien = account.lien.description
        details.unbonding = account.sum(\.unbonding).description
        details.returned = account.returned.description
        details.forfeit = account.sum(\.forfeit).description
        for stake in account.stakes {
            let validator = try stake.validator.text(prefix: settings.operatorPrefix)
            details.stakes.append(
                .with {
                    $0.validator = validator
                    $0.staked = stake.staked.description
                    $0.unbonding = stake.unbonding.description
                    $0.returned = stake.returned.description
                    $0.forfeit = stake.forfeit.description
                }
            )
        }
        return details
    }
}
