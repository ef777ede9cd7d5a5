public import BankEvents
public import ModuleKit

extension Bank {
    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `notFound` for an account that nothing is kept of, `invalidArgument` for an empty question.
    public func answer(_ query: BankQuery, _ state: StateReader) throws(ModuleError) -> BankAnswer {
        var answer = BankAnswer()
        switch query.query {
        case .balance(let query):
            let denom = try Denom(query.denom)
            let amount = try balance(of: try Address(bech32: query.address), denom, state)
            answer.balance = ProtoCoin(Coin(amount, denom))
        case .allBalances(let query): answer.allBalances = try self.answer(query, state)
        case .spendableBalance(let query): answer.spendableBalance = try self.answer(query, state)
        case .supply(let query): answer.supply = try supply(of: try Denom(query.denom), state)
        case .totalSupply(let query): answer.totalSupply = try self.answer(query, state)
        case .account(let query):
            answer.account = try account(at: try Address(bech32: query.address), query.address, state)
        case .moduleAccount(let query): answer.moduleAccount = try self.answer(query, state)
        case .moduleAccounts(let query): answer.moduleAccounts = try self.answer(query, state)
        case .params: answer.params = try currentParams(state)
        case .denom(let query):
            let denom = try Denom(query.denom)
            answer.denom.sendEnabled = try isSendEnabled(denom, state)
            if let metadata = try denomMetadata.value(for: denom, in: state) { answer.denom.metadata = metadata }
        case .receiving(let query):
            answer.receiving.blocked = try barrier(to: try Address(bech32: query.address), state) != nil
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set one of its fields")
        }
        return answer
    }

    private func answer(_ query: BankAllBalancesQuery, _ state: StateReader) throws(ModuleError) -> BankBalances {
        let address = try Address(bech32: query.address)
        let start = query.startDenom.isEmpty ? nil : try Denom(query.startDenom)
        let limit = Self.pageSize(query.limit)
        var page = BankBalances()
        let visit = { (key: Pair<Address, Denom>, amount: Amount) throws(ModuleError) -> Bool in
            guard key.first == address else { return false }
            guard page.balances.count < limit else {
                page.nextDenom = key.second.text
                return false
            }
            page.balances.append(ProtoCoin(Coin(amount, key.second)))
            return true
        }
        if let start {
            try balances.forEach(in: state, from: Pair(address, start), visit)
        } else {
            try balances.forEach(startingWith: address, in: state, visit)
        }
        return page
    }

    private func answer(_ query: BankSpendableBalanceQuery, _ state: StateReader) throws(ModuleError)
        -> BankSpendableBalance
    {
        let address = try Address(bech32: query.address)
        let denom = try Denom(query.denom)
        let held = try balance(of: address, denom, state)
        let locked = min(held, try locked(of: address, at: query.timeSeconds, state).amount(of: denom))
        return .with {
            $0.spendable = ProtoCoin(Coin(held.saturatingSubtracting(locked), denom))
            $0.locked = ProtoCoin(Coin(locked, denom))
        }
    }

    private func supply(of denom: Denom, _ state: StateReader) throws(ModuleError) -> BankSupply {
        let existing = try supply.value(for: denom, in: state) ?? .zero
        let offset = try supplyOffsets.value(for: denom, in: state) ?? .zero
        let reported =
            offset.isNegative
            ? existing.saturatingSubtracting(offset.magnitude) : existing.saturatingAdding(offset.magnitude)
        return .with {
            $0.reported = ProtoCoin(Coin(reported, denom))
            $0.existing = existing.description
            $0.offset = offset.description
        }
    }

    private func answer(_ query: BankTotalSupplyQuery, _ state: StateReader) throws(ModuleError) -> BankTotalSupply {
        let start = query.startDenom.isEmpty ? nil : try Denom(query.startDenom)
        let limit = Self.pageSize(query.limit)
        var page = BankTotalSupply()
        try supply.forEach(in: state, from: start) { (denom, _) throws(ModuleError) in
            guard page.supplies.count < limit else {
                page.nextDenom = denom.text
                return false
            }
            page.supplies.append(try supply(of: denom, state))
            return true
        }
        return page
    }

    private func account(at address: Address, _ text: String, _ state: StateReader) throws(ModuleError) -> BankAccount {
        guard let account = try accounts.value(for: address, in: state) else {
            throw ModuleError(.notFound, "nothing but balances is kept of \(text): ask for those")
        }
        return account
    }

    private func answer(_ query: BankModuleAccountQuery, _ state: StateReader) throws(ModuleError)
        -> BankModuleAccountEntry
    {
        let account = BankModuleAccount.with {
            $0.name = query.name
            $0.domain = query.domain
        }
        guard let address = try moduleAccounts.value(for: account.fullName, in: state) else {
            throw ModuleError(.notFound, "no module account has this name and domain: ask for module_accounts")
        }
        return try entry(at: address, state)
    }

    private func answer(_ query: BankModuleAccountsQuery, _ state: StateReader) throws(ModuleError)
        -> BankModuleAccounts
    {
        let limit = Self.pageSize(query.limit)
        var page = BankModuleAccounts()
        try moduleAccounts.forEach(in: state, from: query.startName) { (name, address) throws(ModuleError) in
            guard page.moduleAccounts.count < limit else {
                page.nextName = name
                return false
            }
            page.moduleAccounts.append(try entry(at: address, state))
            return true
        }
        return page
    }

    private func entry(at address: Address, _ state: StateReader) throws(ModuleError) -> BankModuleAccountEntry {
        let account = try accounts.value(for: address, in: state) ?? BankAccount()
        let text = try address.text(prefix: try addressPrefix(state))
        return .with {
            $0.address = text
            $0.moduleAccount = account.moduleAccount
        }
    }

    /// The prefix of the chain's account addresses.
    ///
    /// - Throws: `invalidState` before the instance was configured or a genesis document imported.
    func addressPrefix(_ state: some StateReading) throws(ModuleError) -> String {
        guard let prefix = try params.value(in: state)?.bech32Prefix else {
            throw ModuleError(
                .invalidState,
                "the bank does not know its chain's address prefix yet: configure it first"
            )
        }
        return prefix
    }

    /// How many entries a page has: 100 where none is asked for, 1000 at most.
    private static func pageSize(_ limit: UInt32) -> Int { limit == 0 ? 100 : Int(min(limit, 1000)) }
}
