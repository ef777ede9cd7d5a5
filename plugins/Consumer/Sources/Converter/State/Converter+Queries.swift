public import ConverterEvents
public import ModuleKit

extension Converter {
    /// The most that a page holds, and the most that is counted.
    static let pageEntriesMax = 1000

    /// Answers a question, in the answer's field of the same name.
    ///
    /// - Throws: `converterNotConfigured`; `invalidArgument` for an empty question; codespace `kit` for a text that is
    ///   no address.
    public func answer(_ query: ConverterQuery, _ state: StateReader) throws(ModuleError) -> ConverterAnswer {
        var answer = ConverterAnswer()
        switch query.query {
        case .settings: answer.settings = try requireSettings(state)
        case .channel: answer.channel = try channelAnswer(state)
        case .validatorPledges(let query): answer.validatorPledges = try self.answer(query, state)
        case .pledges(let query): answer.pledges = try self.answer(query, state)
        case .pledge(let query): answer.pledge = try self.answer(query, state)
        case .targets: answer.targets = try targets(state)
        case .synchronisation: answer.synchronisation = try synchronisation(state)
        case .handBack: answer.handBack = try handBack(state)
        case .notices(let query): answer.notices = try self.answer(query, state)
        case .rewards: answer.rewards = try rewards(state)
        case .validatorRewards(let query): answer.validatorRewards = try self.answer(query, state)
        case .batches(let query): answer.batches = try self.answer(query, state)
        case .payment(let query): answer.payment = try self.answer(query, state)
        case nil: throw ModuleError(.invalidArgument, "the query asks for nothing: set one of its fields")
        }
        return answer
    }

    private func channelAnswer(_ state: StateReader) throws(ModuleError) -> ConverterChannelAnswer {
        guard let channel = try channel.value(in: state) else { return .with { $0.status = .none } }
        return .with {
            $0.status = channel.isOpen ? .open : .closed
            $0.channel = channel
        }
    }

    private func answer(_ query: ConverterValidatorPledgesQuery, _ state: StateReader) throws(ModuleError)
        -> ConverterValidatorPledges
    {
        let settings = try requireSettings(state)
        let start = query.startValidator.isEmpty ? nil : try operatorAddress(query.startValidator, settings)
        let limit = Self.pageSize(query.limit)
        var page = ConverterValidatorPledges()
        guard try isInForce(state) else { return page }
        try pledged.forEach(in: state, from: start) { (validator, amount) throws(ModuleError) in
            let name = try validator.text(prefix: settings.operatorPrefix)
            guard page.pledges.count < limit else {
                page.nextValidator = name
                return false
            }
            let unattributed = try unattributed.value(for: validator, in: state) ?? .zero
            page.pledges.append(
                .with {
                    $0.validator = name
                    $0.amount = amount.description
                    $0.unattributed = unattributed.description
                }
            )
            return true
        }
        return page
    }

    private func answer(_ query: ConverterPledgesQuery, _ state: StateReader) throws(ModuleError) -> ConverterPledges {
        let validator = try operatorAddress(query.validator, try requireSettings(state))
        let limit = Self.pageSize(query.limit)
        var page = ConverterPledges()
        guard try isInForce(state) else { return page }
        try pledges.forEach(in: state, from: Pair(validator, query.startDelegator)) {
            (key, amount) throws(ModuleError) in
            guard key.first == validator else { return false }
            guard page.pledges.count < limit else {
                page.nextDelegator = key.second
                return false
            }
            page.pledges.append(
                .with {
                    $0.validator = query.validator
                    $0.delegator = key.second
                    $0.amount = amount.description
                }
            )
            return true
        }
        return page
    }

    private func answer(_ query: ConverterPledgeQuery, _ state: StateReader) throws(ModuleError) -> ConverterPledge {
        let validator = try operatorAddress(query.validator, try requireSettings(state))
        let amount =
            try isInForce(state) ? try pledges.value(for: Pair(validator, query.delegator), in: state) : nil
        return .with {
            $0.validator = query.validator
            $0.delegator = query.delegator
            $0.amount = (amount ?? .zero).description
        }
    }

    /// Whether pledges count: after the end of the pairing, what is left of the records does not.
    func isInForce(_ state: some StateReading) throws(ModuleError) -> Bool {
        try channel.value(in: state)?.isOpen == true
    }

    func operatorAddress(_ text: String, _ settings: ConverterSettings) throws(ModuleError) -> Address {
        let address = try Address(bech32: text)
        guard try address.text(prefix: settings.operatorPrefix) == text else {
            throw ModuleError(
                .invalidArgument,
                "a validator is named by its operator address, which begins with \(settings.operatorPrefix)"
            )
        }
        return address
    }

    /// How many entries a page has: 100 where none is asked for.
    static func pageSize(_ limit: UInt32) -> Int {
        limit == 0 ? 100 : min(Int(clamping: limit), pageEntriesMax)
    }
}
