public import ModuleKit
public import VirtualStakingEvents

extension VirtualStaking {
    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `virtualStakingNotConfigured`; what addresses throw for a malformed validator; `invalidArgument` for an
    ///   empty question.
    public func answer(_ query: VirtualStakingQuery, _ state: StateReader) throws(ModuleError) -> VirtualStakingAnswer {
        let settings = try requireSettings(state)
        var answer = VirtualStakingAnswer()
        switch query.query {
        case .settings: answer.settings = settings
        case .authorisation: answer.authorisation = try authorisation(settings, state)
        case .totals: answer.totals = try totals(settings, state)
        case .stake(let query): answer.stake = try stake(at: try Address(bech32: query.validator), settings, state)
        case .stakes(let query): answer.stakes = try stakes(query, settings, state)
        case .collection: answer.collection = try collectionAnswer(settings, state)
        case .readiness:
            throw ModuleError(.invalidArgument, "state alone does not tell who else is ready: ask the instance")
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set one of its fields")
        }
        return answer
    }

    /// Answers a question; whether the instance can be authorised depends on others, too.
    public func answer(_ query: VirtualStakingQuery, _ view: View) throws(ModuleError) -> VirtualStakingAnswer {
        guard case .readiness = query.query else { return try answer(query, StateReader(view.instanceState)) }
        let points = try PairingCheck(settings: try requireSettings(view), view: view).points()
        return .with {
            $0.readiness.isReady = points.allSatisfy { $0.failure == nil }
            $0.readiness.points = points.map { point in
                .with {
                    $0.name = point.name
                    $0.holds = point.failure == nil
                    $0.reason = point.failure?.message ?? ""
                }
            }
        }
    }

    private func authorisation(_ settings: VirtualStakingSettings, _ state: StateReader) throws(ModuleError)
        -> VirtualStakingAuthorisation
    {
        let cap = try sum(of: cap, state)
        let minted = try sum(of: mintedTotal, state)
        let isClosed = try closure.value(in: state) != nil
        return .with {
            $0.converter = settings.converter
            $0.isAuthorised = !cap.isZero && !isClosed
            $0.cap = cap.description
            $0.minted = minted.description
        }
    }

    private func totals(_ settings: VirtualStakingSettings, _ state: StateReader) throws(ModuleError)
        -> VirtualStakingTotals
    {
        let cap = try sum(of: cap, state)
        let minted = try sum(of: mintedTotal, state)
        let owed = try sum(of: owedTotal, state)
        let last = try lastEpochHeight.value(in: state)
        let isClosed = try closure.value(in: state) != nil
        return .with {
            $0.cap = cap.description
            $0.minted = minted.description
            $0.owed = owed.description
            $0.lastEpochHeight = last ?? 0
            $0.nextEpochHeight = last.map(settings.nextEpoch) ?? 0
            $0.isClosed = isClosed
        }
    }

    private func collectionAnswer(_ settings: VirtualStakingSettings, _ state: StateReader) throws(ModuleError)
        -> VirtualStakingCollectionAnswer
    {
        var answer = VirtualStakingCollectionAnswer()
        if let progress = try collection.value(in: state) { answer.collection = progress }
        for (validator, _) in try formerValidators.entries(in: state, limit: 1000) {
            answer.formerValidators.append(try validator.text(prefix: settings.operatorPrefix))
        }
        answer.others = try otherRewards.entries(in: state, limit: 1000).map { ProtoCoin(Coin($0.value, $0.key)) }
        return answer
    }

    private func stake(at validator: Address, _ settings: VirtualStakingSettings, _ state: StateReader)
        throws(ModuleError) -> VirtualStakingValidatorStake
    {
        let text = try validator.text(prefix: settings.operatorPrefix)
        let minted = try minted.value(for: validator, in: state) ?? .zero
        let owed = try owed.value(for: validator, in: state) ?? .zero
        return .with {
            $0.validator = text
            $0.minted = minted.description
            $0.owed = owed.description
        }
    }

    private func stakes(_ query: VirtualStakingStakesQuery, _ settings: VirtualStakingSettings, _ state: StateReader)
        throws(ModuleError) -> VirtualStakingStakes
    {
        let start = query.start.isEmpty ? nil : try Address(bech32: query.start)
        let limit = query.limit == 0 ? 100 : Int(min(query.limit, 1000))
        var page = VirtualStakingStakes()
        try minted.forEach(in: state, from: start) { (validator, _) throws(ModuleError) in
            guard page.stakes.count < limit else {
                page.next = try validator.text(prefix: settings.operatorPrefix)
                return false
            }
            page.stakes.append(try stake(at: validator, settings, state))
            return true
        }
        return page
    }
}
