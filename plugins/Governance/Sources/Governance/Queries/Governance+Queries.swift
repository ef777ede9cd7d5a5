public import GovernanceEvents
public import ModuleKit

extension Governance {
    /// Answers a question from state; pages hold 100 entries, or what is asked for, 1000 at most.
    ///
    /// - Throws: `proposalNotFound`, `invalidArgument`; codespace `kit` for malformed addresses.
    public func answer(_ query: GovernanceQuery, _ state: StateReader) throws(ModuleError) -> GovernanceAnswer {
        let answerer = GovernanceAnswerer(collections: collections, state: state)
        var answer = GovernanceAnswer()
        switch query.query {
        case .proposal(let query): answer.proposal = try collections.proposal(query.proposal, in: state)
        case .proposals(let query): answer.proposals = try answerer.proposals(query)
        case .votes(let query): answer.votes = try answerer.votes(query)
        case .tally(let query): answer.tally = try answerer.tally(query)
        case .deposits(let query): answer.deposits = try answerer.deposits(query)
        case .parameters: answer.parameters = try collections.currentRules(state).stored
        case .accountVotes(let query): answer.accountVotes = try answerer.votes(of: query.account)
        case .weights: answer.weights.weights = try answerer.weights()
        case nil:
            throw ModuleError(.unknownMessage, "the question for governance asks nothing: set one of its queries")
        }
        return answer
    }
}

/// Reads what questions ask for.
struct GovernanceAnswerer {
    let collections: GovernanceState
    let state: StateReader

    private static let pageDefault = 100
    private static let pageMax = 1_000

    private func limit(_ limit: UInt32) -> Int { limit == 0 ? Self.pageDefault : min(Int(limit), Self.pageMax) }

    /// An account as events carry it.
    private func text(of account: Address) throws(ModuleError) -> String {
        try account.text(prefix: try collections.currentSettings(state).accountPrefix)
    }

    func proposals(_ query: GovernanceProposalsQuery) throws(ModuleError) -> GovernanceProposalsAnswer {
        var answer = GovernanceProposalsAnswer()
        let limit = limit(query.limit)
        try collections.proposals.forEach(in: state, from: query.start) { (number, proposal) in
            guard query.status == .unspecified || query.status == proposal.status else { return true }
            guard answer.proposals.count < limit else {
                answer.next = number
                return false
            }
            answer.proposals.append(proposal)
            return true
        }
        return answer
    }

    func votes(_ query: GovernanceVotesQuery) throws(ModuleError) -> GovernanceVotesAnswer {
        var answer = GovernanceVotesAnswer()
        answer.next = try page(collections.ballots, of: query.proposal, query.page) {
            (voter, ballot) throws(ModuleError) in
            answer.votes.append(try voted(query.proposal, voter, ballot))
        }
        return answer
    }

    func deposits(_ query: GovernanceDepositsQuery) throws(ModuleError) -> GovernanceDepositsAnswer {
        var answer = GovernanceDepositsAnswer()
        answer.next = try page(collections.deposits, of: query.proposal, query.page) {
            (depositor, deposit) throws(ModuleError) in
            let text = try text(of: depositor)
            answer.deposits.append(
                .with {
                    $0.proposal = query.proposal
                    $0.depositor = text
                    $0.amount = deposit.amount.description
                }
            )
        }
        return answer
    }

    func votes(of account: String) throws(ModuleError) -> GovernanceVotesAnswer {
        let voter = try Address(bech32: account)
        var answer = GovernanceVotesAnswer()
        for number in try collections.voters.value(for: voter, in: state)?.proposals ?? [] {
            guard let ballot = try collections.ballots.value(for: Pair(number, voter), in: state) else { continue }
            answer.votes.append(try voted(number, voter, ballot))
        }
        return answer
    }

    func weights() throws(ModuleError) -> [GovernanceWeightSet] {
        var weights: [GovernanceWeightSet] = []
        try collections.weights.forEach(in: state) { (delegator, multiplier) throws(ModuleError) in
            let text = try text(of: delegator)
            weights.append(
                .with {
                    $0.delegator = text
                    $0.multiplier = multiplier.value.description
                }
            )
            return true
        }
        return weights
    }

    /// The recorded result, or what the votes come to as things are now, by the very count that decides in the end.
    func tally(_ query: GovernanceTallyQuery) throws(ModuleError) -> GovernanceTallyAnswer {
        let proposal = try collections.proposal(query.proposal, in: state)
        var answer = GovernanceTallyAnswer()
        guard proposal.status == .votingPeriod else {
            answer.result = proposal.result
            answer.isFinal = proposal.hasResult
            return answer
        }
        guard query.bonded.count <= Self.pageMax else {
            throw ModuleError(
                .invalidArgument,
                "over \(Self.pageMax) validators can't be counted in a query: give less"
            )
        }
        var count = VoteCount()
        for validator in query.bonded {
            try count.add(
                try collections.ballotPaper(
                    proposal.number,
                    of: try Address(bech32: validator.operator),
                    tokens: try Amount(validator.tokens),
                    shares: try Decimal18(validator.shares),
                    in: state
                )
            )
        }
        answer.result = try count.result(try count.outcome(try GovernanceRules(proposal.rules)))
        return answer
    }

    func voted(_ number: UInt64, _ voter: Address, _ ballot: GovernanceBallot) throws(ModuleError) -> GovernanceVoted {
        let text = try text(of: voter)
        return .with {
            $0.proposal = number
            $0.voter = text
            $0.options = ballot.options
            $0.owner = ballot.owner
        }
    }

    /// Visits a page of what accounts have on a proposal; where the next begins, empty when there is none.
    private func page<Value>(
        _ map: StateMap<Pair<UInt64, Address>, Value>,
        of number: UInt64,
        _ page: GovernancePageRequest,
        _ visit: (Address, Value) throws(ModuleError) -> Void
    ) throws(ModuleError) -> String {
        var next = ""
        var count = 0
        let limit = limit(page.limit)
        func take(_ key: Pair<UInt64, Address>, _ value: Value) throws(ModuleError) -> Bool {
            guard key.first == number else { return false }
            guard count < limit else {
                next = try text(of: key.second)
                return false
            }
            count += 1
            try visit(key.second, value)
            return true
        }
        if page.start.isEmpty {
            try map.forEach(startingWith: number, in: state, take)
        } else {
            try map.forEach(in: state, from: Pair(number, try Address(bech32: page.start)), take)
        }
        return next
    }
}
