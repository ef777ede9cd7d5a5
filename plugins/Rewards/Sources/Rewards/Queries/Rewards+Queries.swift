public import ModuleKit
public import RewardsEvents

extension Rewards {
    /// Answers a question from state; pages hold 100 entries, or what is asked for, 1000 at most.
    ///
    /// What is owed is as of now, as if everything was settled.
    ///
    /// - Throws: `noRewardPosition`, `unknownRewardValidator`, `rewardsNotReady`; codespace `kit` for malformed addresses.
    public func answer(_ query: RewardsQuery, _ state: StateReader) throws(ModuleError) -> RewardsAnswer {
        let prefixes = try collections.prefixes(state)
        let answerer = RewardsAnswerer(collections: collections, state: state, prefixes: prefixes)
        return try .filled { (answer) throws(ModuleError) in
            switch query.query {
            case .delegation(let query): answer.delegation = try answerer.delegation(query)
            case .delegator(let query): answer.delegator = try answerer.delegator(query)
            case .validator(let query): answer.validator = try answerer.validator(query)
            case .communityPool(let query): answer.communityPool = try answerer.communityPool(query)
            case .totals(let query): answer.totals = try answerer.totals(query)
            case .inflation:
                answer.inflation = (try collections.inflation.value(in: state) ?? InflationState()).stored
            case .parameters: answer.parameters = try collections.currentRules(state).stored
            case .settings: answer.settings = try collections.settings.value(in: state) ?? RewardsSettings()
            case .withdrawAddress(let query):
                let delegator = try prefixes.parse(query.delegator, as: .account)
                let recipient = try collections.recipient(of: delegator, in: state)
                answer.withdrawAddress.address = prefixes.format(recipient, as: .account)
            case nil:
                throw ModuleError(.unknownMessage, "the question for rewards asks nothing: set one of its queries")
            }
        }
    }
}

/// Reads what questions ask for.
struct RewardsAnswerer {
    let collections: RewardsState
    let state: StateReader
    let prefixes: AddressPrefixes

    private static let pageDefault = 100
    private static let pageMax = 1_000

    func delegation(_ query: RewardsDelegationQuery) throws(ModuleError) -> RewardsDelegationRewards {
        let key = PositionKey(
            try prefixes.parse(query.delegator, as: .account),
            try prefixes.parse(query.validator, as: .validatorOperator)
        )
        guard let position = try collections.settledPosition(key, in: state) else {
            throw ModuleError(.noRewardPosition, "there is no such delegation, and nothing is owed from one that ended")
        }
        return try self.delegation(key.second, position)
    }

    private func delegation(_ validator: Address, _ position: Position) throws(ModuleError)
        -> RewardsDelegationRewards
    {
        let payable = try position.payable()
        return .with {
            $0.validator = prefixes.format(validator, as: .validatorOperator)
            $0.shares = position.shares.shortDescription
            $0.rewards = position.rest.map { .coin($0.denom, $0.amount.description) }
            $0.payable = payable.proto
        }
    }

    func delegator(_ query: RewardsDelegatorQuery) throws(ModuleError) -> RewardsDelegatorAnswer {
        let delegator = try prefixes.parse(query.delegator, as: .account)
        let start = query.start.isEmpty ? nil : try prefixes.parse(query.start, as: .validatorOperator)
        let limit = Self.limit(query.limit)
        let (keys, next) = try collections.positionKeys(of: delegator, from: start, limit: limit, in: state)
        var answer = RewardsDelegatorAnswer()
        for key in keys {
            guard let position = try collections.settledPosition(key, in: state) else { continue }
            answer.delegations.append(try delegation(key.second, position))
        }
        answer.next = next.map { prefixes.format($0, as: .validatorOperator) } ?? ""
        return answer
    }

    func validator(_ query: RewardsValidatorQuery) throws(ModuleError) -> RewardsValidatorAnswer {
        let validator = try prefixes.parse(query.validator, as: .validatorOperator)
        guard let (ledger, _) = try collections.settledValidator(validator, in: state) else {
            throw ModuleError(.unknownRewardValidator, "there is no such validator: name another")
        }
        return .with {
            $0.validator = prefixes.format(validator, as: .validatorOperator)
            $0.commissionRate = ledger.commissionRate.shortDescription
            $0.shares = ledger.shares.shortDescription
            $0.power = ledger.power
            for entry in ledger.entries where !entry.outstanding.isZero {
                $0.outstanding.append(.coin(entry.denom, entry.outstanding.description))
            }
            for entry in ledger.entries where !entry.commission.isZero {
                $0.commission.append(.coin(entry.denom, entry.commission.shortDescription))
            }
        }
    }

    func communityPool(_ query: RewardsCommunityPoolQuery) throws(ModuleError) -> RewardsCommunityPoolAnswer {
        var answer = RewardsCommunityPoolAnswer()
        answer.nextDenom = try visit(from: query.startDenom, query.limit) { (denom, ledger) throws(ModuleError) in
            answer.pool.append(.coin(denom, ledger.communityPool.description))
        }
        return answer
    }

    func totals(_ query: RewardsTotalsQuery) throws(ModuleError) -> RewardsTotalsAnswer {
        var answer = RewardsTotalsAnswer()
        answer.nextDenom = try visit(from: query.startDenom, query.limit) { (denom, ledger) throws(ModuleError) in
            answer.totals.append(
                .with {
                    $0.denom = denom.text
                    $0.received = ledger.received.description
                    $0.paid = ledger.paid.description
                    $0.held = ledger.held.description
                    $0.communityPool = ledger.communityPool.description
                }
            )
        }
        return answer
    }

    /// Visits one page of denominations, and says where the next begins.
    private func visit(
        from start: String,
        _ limit: UInt32,
        _ visit: (Denom, DenominationLedger) throws(ModuleError) -> Void
    ) throws(ModuleError) -> String {
        var count = 0
        var next = ""
        let start = start.isEmpty ? nil : try Denom(start)
        try collections.denominations.forEach(in: state, from: start) { (denom, ledger) throws(ModuleError) in
            guard count < Self.limit(limit) else {
                next = denom.text
                return false
            }
            count += 1
            try visit(denom, ledger)
            return true
        }
        return next
    }

    private static func limit(_ limit: UInt32) -> Int { limit == 0 ? pageDefault : min(Int(limit), pageMax) }
}

extension RewardsDecimalCoin {
    fileprivate static func coin(_ denom: Denom, _ amount: String) -> Self {
        .with {
            $0.denom = denom.text
            $0.amount = amount
        }
    }
}
