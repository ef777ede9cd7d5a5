public import ExternalStakingEvents
import Foundation
public import ModuleKit

extension ExternalStaking {
    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `notFound`, `unknownTransaction`, `noControlChannel`; `invalidAddress` or `invalidPublicKey` for a
    ///   malformed question; `invalidState` before the instance was configured; `invalidArgument` for an empty
    ///   question.
    public func answer(_ query: ExternalStakingQuery, _ state: StateReader) throws(ModuleError) -> ExternalStakingAnswer
    {
        var answer = ExternalStakingAnswer()
        switch query.query {
        case .settings: answer.settings = try requireSettings(state)
        case .authorizedEndpoint: answer.authorizedEndpoint = try requireSettings(state).remoteEndpoint
        case .channel: answer.channel = try requirePairing(state)
        case .validator(let query): answer.validator = try describe(query.validator, state)
        case .validators(let query): answer.validators = try self.answer(query, state)
        case .stake(let query):
            let owner = try account(query.owner, state)
            let stake = try stake(of: owner, at: query.validator, in: state)
            answer.stake = ExternalStakingStake(stake, query.owner, query.validator)
        case .stakes(let query): answer.stakes = try self.answer(query, state)
        case .stakers(let query): answer.stakers = try self.answer(query, state)
        case .transaction(let query):
            let transaction = try transaction(query.transaction, in: state)
            answer.transaction = ExternalStakingTransaction(query.transaction, transaction)
        case .transactions(let query): answer.transactions = try self.answer(query, state)
        case .lien(let query): answer.lien = try self.answer(query, state)
        case .key(let query): answer.key = try self.answer(query, state)
        case .pendingRewards(let query): answer.pendingRewards = try self.answer(query, state)
        case .allPendingRewards(let query): answer.allPendingRewards = try self.answer(query, state)
        case .validatorRewards(let query): answer.validatorRewards = try self.answer(query, state)
        case .rewards: answer.rewards = try rewardsOfPairing(state)
        case .infractions(let query): answer.infractions = try offender(query.validator, state)
        case .offenders(let query): answer.offenders = try self.answer(query, state)
        case .liabilities(let query): answer.liabilities = try self.answer(query, state)
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set one of its fields")
        }
        return answer
    }

    private func answer(_ query: ExternalStakingStakesQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingStakes
    {
        let owner = try account(query.owner, state)
        let limit = Self.pageSize(query.limit)
        var page = ExternalStakingStakes()
        try stakes.forEach(in: state, from: Pair(owner, query.startValidator)) { (key, stored) throws(ModuleError) in
            guard key.first == owner else { return false }
            guard page.stakes.count < limit else {
                page.nextValidator = key.second
                return false
            }
            let stake = try current(stored, at: key.second, state)
            page.stakes.append(ExternalStakingStake(stake, query.owner, key.second))
            return true
        }
        return page
    }

    private func answer(_ query: ExternalStakingStakersQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingStakers
    {
        let prefix = try requireSettings(state).bech32Prefix
        let limit = Self.pageSize(query.limit)
        var page = ExternalStakingStakers()
        func visit(_ key: Pair<String, Address>) throws(ModuleError) -> Bool {
            guard key.first.isSameKey(as: query.validator) else { return false }
            let owner = try key.second.text(prefix: prefix)
            guard page.owners.count < limit else {
                page.nextOwner = owner
                return false
            }
            page.owners.append(owner)
            return true
        }
        if query.startOwner.isEmpty {
            try stakers.forEach(startingWith: query.validator, in: state) { (key, _) throws(ModuleError) in
                try visit(key)
            }
        } else {
            let start = Pair(query.validator, try account(query.startOwner, state))
            try stakers.forEach(in: state, from: start) { (key, _) throws(ModuleError) in try visit(key) }
        }
        return page
    }

    private func answer(_ query: ExternalStakingTransactionsQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingTransactions
    {
        let limit = Self.pageSize(query.limit)
        let start = query.beforeTransaction == 0 ? nil : query.beforeTransaction - 1
        var page = ExternalStakingTransactions()
        try transactions.forEach(in: state, from: start, reversed: true) { (number, transaction) throws(ModuleError) in
            guard page.transactions.count < limit else {
                page.nextBeforeTransaction = page.transactions.last?.transaction ?? 0
                return false
            }
            page.transactions.append(ExternalStakingTransaction(number, transaction))
            return true
        }
        return page
    }

    private func answer(_ query: ExternalStakingLienQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingLien
    {
        var totals = StakeTotals()
        for (_, stake) in try stakes(of: try account(query.owner, state), in: state) {
            try totals.replace(nil, by: stake)
        }
        let sums = totals
        return .with {
            $0.owner = query.owner
            $0.committed = sums.committed.description
            $0.inFlight = sums.inFlight.description
            $0.unbonding = sums.unbonding.description
            $0.validators = sums.count
        }
    }

    private func answer(_ query: ExternalStakingKeyQuery, _ state: StateReader) throws(ModuleError)
        -> ExternalStakingKeyClaim
    {
        guard let claim = try keyClaims.value(for: try ConsensusKey(Array(query.key)), in: state) else {
            throw ModuleError(
                .notFound,
                "the consumer has named no such key: check its bytes, or look at the validators"
            )
        }
        return .with {
            $0.validator = claim.validator
            $0.sequence = claim.sequence
            $0.height = claim.height
        }
    }

    /// An account of this chain.
    func account(_ text: String, _ state: StateReader) throws(ModuleError) -> Address {
        try AddressPrefixes(account: try requireSettings(state).bech32Prefix).parse(text, as: .account)
    }

    /// How many entries a page has: 100 where none is asked for, 1000 at most.
    static func pageSize(_ limit: UInt32) -> Int { limit == 0 ? 100 : Int(min(limit, 1000)) }
}

extension ExternalStakingStake {
    fileprivate init(_ stake: Stake, _ owner: String, _ validator: String) {
        self = .with {
            $0.owner = owner
            $0.validator = validator
            $0.amount.low = stake.low.description
            $0.amount.high = stake.high.description
            $0.pendingUnbonds = stake.unbondings.map(\.stored)
            $0.inFlight = stake.operations.map(\.stored)
        }
    }
}

extension ExternalStakingTransaction {
    fileprivate init(_ number: UInt64, _ transaction: PendingTransaction) {
        self = .with {
            $0.transaction = number
            $0.kind = transaction.kind
            $0.owner = transaction.ownerText
            $0.validator = transaction.validator
            $0.amount = transaction.amount.description
            $0.time = transaction.time.nanoseconds
            $0.sequence = transaction.sequence ?? 0
        }
    }
}
