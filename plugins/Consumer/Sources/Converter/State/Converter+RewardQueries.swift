import ConverterEvents
import ModuleKit

/// What there is of rewards, and where.
extension Converter {
    func rewards(_ state: StateReader) throws(ModuleError) -> ConverterRewards {
        let amounts = try rewardTotals.value(in: state)?.amounts() ?? RewardAmounts(denom: "")
        var here = try amounts.waiting.adding(amounts.held)
        try batches.forEach(in: state) { (_, batch) throws(ModuleError) in
            if batch.lies(at: [.here, .held]) { here = try here.adding(try Amount(batch.amount)) }
            return true
        }
        let pausedUntil = try batchProgress.value(in: state)?.pausedUntilNanoseconds ?? 0
        return .with {
            $0.totals = amounts.totals
            $0.here = here.description
            $0.pausedUntilNanoseconds = pausedUntil
        }
    }

    func answer(_ query: ConverterValidatorRewardsQuery, _ state: StateReader) throws(ModuleError)
        -> ConverterValidatorRewardsPage
    {
        let settings = try requireSettings(state)
        let start = query.startValidator.isEmpty ? nil : try operatorAddress(query.startValidator, settings)
        let limit = Self.pageSize(query.limit)
        let validators = try validatorsWithRewards(from: start, limit: limit + 1, state)
        var page = ConverterValidatorRewardsPage()
        for validator in validators.prefix(limit) {
            page.rewards.append(try rewards(of: validator, settings, state))
        }
        if validators.count > limit {
            page.nextValidator = try validators[limit].text(prefix: settings.operatorPrefix)
        }
        return page
    }

    func answer(_ query: ConverterBatchesQuery, _ state: StateReader) throws(ModuleError) -> ConverterBatches {
        let limit = Self.pageSize(query.limit)
        var page = ConverterBatches()
        try batches.forEach(in: state, from: query.startID) { (id, batch) throws(ModuleError) in
            guard page.batches.count < limit else {
                page.nextID = id
                return false
            }
            page.batches.append(batch)
            return true
        }
        return page
    }

    func answer(_ query: ConverterPaymentQuery, _ state: StateReader) throws(ModuleError) -> ConverterPaymentRecord {
        let payment = try payments.value(for: query.transaction, in: state)
        return .with {
            $0.transaction = query.transaction
            if let payment { $0.payment = payment }
        }
    }

    /// What a validator has in no batch.
    func rewards(of validator: Address, _ settings: ConverterSettings, _ state: StateReader) throws(ModuleError)
        -> ConverterValidatorRewards
    {
        let name = try validator.text(prefix: settings.operatorPrefix)
        let waiting = try waitingRewards.value(for: validator, in: state) ?? .zero
        let arrived = try arrivedRewards.value(for: validator, in: state) ?? .zero
        let suspension = try suspensions.value(for: validator, in: state)
        return .with {
            $0.validator = name
            $0.waiting = waiting.description
            $0.arrived = arrived.description
            if let suspension { $0.suspension = suspension }
        }
    }

    /// The validators that have rewards in no batch, or whose part was refused, in order.
    func validatorsWithRewards(from start: Address? = nil, limit: Int = .max, _ state: StateReader) throws(ModuleError)
        -> [Address]
    {
        var validators: Set<Address> = []
        for collection in [waitingRewards, arrivedRewards] {
            var count = 0
            try collection.forEach(in: state, from: start) { (validator, _) throws(ModuleError) in
                validators.insert(validator)
                count += 1
                return count < limit
            }
        }
        var count = 0
        try suspensions.forEach(in: state, from: start) { (validator, _) throws(ModuleError) in
            validators.insert(validator)
            count += 1
            return count < limit
        }
        return Array(validators.sorted().prefix(limit))
    }
}

extension ConverterBatch {
    /// Whether its tokens lie at one of these places now, and are not under way between two.
    func lies(at places: Set<ConverterRewardPlace>) -> Bool { !isTransfer && places.contains(place) }
}
