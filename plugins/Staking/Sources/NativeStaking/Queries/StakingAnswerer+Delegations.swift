import ModuleKit
import StakingEvents

extension StakingAnswerer {
    func delegation(_ query: StakingDelegationQuery) throws(ModuleError) -> StakingDelegation {
        let key = DelegationKey(
            try prefixes.parse(query.delegator, as: .account),
            try prefixes.parse(query.validator, as: .validatorOperator)
        )
        guard let delegation = try collections.delegations.value(for: key, in: state) else {
            throw StakingState.noDelegation
        }
        return try self.delegation(key, delegation)
    }

    private func delegation(_ key: DelegationKey, _ delegation: DelegationStake) throws(ModuleError)
        -> StakingDelegation
    {
        let worth = try collections.stake(of: key.second, in: state).worth(of: delegation.shares)
        let balance = try collections.currentRules(state).coin(worth)
        let subAccount = try collections.delegator(key.first, in: state).subAccount
        return .with {
            if let subAccount { $0.subAccount = subAccount }
            $0.delegator = accountText(key.first)
            $0.validator = operatorText(key.second)
            $0.shares = delegation.shares.description
            $0.balance = balance
        }
    }

    func subAccount(_ query: StakingSubAccountQuery) throws(ModuleError) -> StakingSubAccount {
        let address = try prefixes.parse(query.address, as: .account)
        guard let subAccount = try collections.subAccounts.value(for: address, in: state) else {
            throw ModuleError(
                .subAccountNotFound,
                "no instance has staked in the name of this account: give the delegator of a delegation for an owner"
            )
        }
        return subAccount
    }

    func delegations(_ query: StakingDelegationsQuery) throws(ModuleError) -> StakingDelegationsAnswer {
        let delegator = try prefixes.parse(query.delegator, as: .account)
        var answer = StakingDelegationsAnswer()
        try visit(collections.delegations, of: delegator, query.page) { (key, delegation) throws(ModuleError) in
            answer.delegations.append(try self.delegation(key, delegation))
        } next: {
            answer.next = $0
        }
        return answer
    }

    func unbondings(_ query: StakingUnbondingQuery) throws(ModuleError) -> StakingUnbondingAnswer {
        let delegator = try prefixes.parse(query.delegator, as: .account)
        var answer = StakingUnbondingAnswer()
        try visit(collections.unbondings, of: delegator, query.page) { (key, record) throws(ModuleError) in
            answer.records.append(
                .with {
                    $0.delegator = accountText(key.first)
                    $0.validator = operatorText(key.second)
                    $0.entries = record.entries
                }
            )
        } next: {
            answer.next = $0
        }
        return answer
    }

    /// A page never ends between two destinations of one source.
    func redelegations(_ query: StakingRedelegationsQuery) throws(ModuleError) -> StakingRedelegationsAnswer {
        let delegator = try prefixes.parse(query.delegator, as: .account)
        let start = try start(query.page)
        let limit = limit(query.page)
        var answer = StakingRedelegationsAnswer()
        var last: Address?
        try collections.redelegations.forEach(startingWith: delegator, in: state) {
            (key, record) throws(ModuleError) in
            if let start, key.source < start { return true }
            guard answer.records.count < limit || key.source == last else {
                answer.next = operatorText(key.source)
                return false
            }
            last = key.source
            answer.records.append(
                .with {
                    $0.delegator = accountText(key.delegator)
                    $0.source = operatorText(key.source)
                    $0.destination = operatorText(key.destination)
                    $0.entries = record.entries
                }
            )
            return true
        }
        return answer
    }

    /// Visits one page of a delegator's entries, and tells where the next page begins.
    private func visit<Value: StateValue>(
        _ map: StateMap<DelegationKey, Value>,
        of delegator: Address,
        _ page: StakingPageRequest,
        _ entry: (DelegationKey, Value) throws(ModuleError) -> Void,
        next: (String) -> Void
    ) throws(ModuleError) {
        var count = 0
        let limit = limit(page)
        let visit = { (key: DelegationKey, value: Value) throws(ModuleError) -> Bool in
            guard key.first == delegator else { return false }
            guard count < limit else {
                next(operatorText(key.second))
                return false
            }
            count += 1
            try entry(key, value)
            return true
        }
        if let start = try start(page) {
            try map.forEach(in: state, from: DelegationKey(delegator, start), visit)
        } else {
            try map.forEach(startingWith: delegator, in: state, visit)
        }
    }
}
