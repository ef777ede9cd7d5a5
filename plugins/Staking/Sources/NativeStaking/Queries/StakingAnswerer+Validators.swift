import ModuleKit
import StakingEvents

extension StakingAnswerer {
    func validator(_ query: StakingValidatorQuery) throws(ModuleError) -> StakingValidator {
        if !query.operator.isEmpty { return try validator(try prefixes.parse(query.operator, as: .validatorOperator)) }
        let consensusAddress = try prefixes.parse(query.consensusAddress, as: .consensus)
        let found = try collections.validatorsByConsensusAddress.value(for: consensusAddress, in: state)
        guard let found else { throw StakingState.noValidator }
        return try validator(found)
    }

    private func validator(_ address: Address) throws(ModuleError) -> StakingValidator {
        let profile = try collections.profile(of: address, in: state)
        let stake = try collections.stake(of: address, in: state)
        return .with {
            $0.operator = operatorText(address)
            $0.consensusKey = profile.consensusKey
            $0.description_p = profile.description_p
            $0.commission = profile.commission
            $0.minSelfDelegation = profile.minSelfDelegation
            $0.stake = stake.stored
        }
    }

    func validators(_ query: StakingValidatorsQuery) throws(ModuleError) -> StakingValidatorsAnswer {
        var answer = StakingValidatorsAnswer()
        let limit = limit(query.page)
        try collections.stakes.forEach(in: state, from: try start(query.page)) { (address, stake) throws(ModuleError) in
            guard query.status == .unspecified || query.status == stake.status else { return true }
            guard answer.validators.count < limit else {
                answer.next = operatorText(address)
                return false
            }
            answer.validators.append(try validator(address))
            return true
        }
        return answer
    }

    func pool() throws(ModuleError) -> StakingPoolAnswer {
        let totals = try collections.currentTotals(state)
        let rules = try collections.currentRules(state)
        return .with {
            $0.bonded = rules.coin(totals.bonded)
            $0.notBonded = rules.coin(totals.notBonded)
        }
    }
}

extension StakingAnswerer {
    /// The powers that the consensus engine knows, from the highest; O(active set).
    func activeSet() throws(ModuleError) -> StakingPowersAnswer {
        var ranks: [(validator: Address, power: UInt64)] = []
        try collections.powers.forEach(in: state) { (validator, power) throws(ModuleError) in
            ranks.append((validator, power))
            return true
        }
        return try powers(ranks, total: try collections.currentTotals(state).power)
    }

    /// A page of the same, by operator.
    func activeValidators(_ query: StakingActiveValidatorsQuery) throws(ModuleError)
        -> StakingActiveValidatorsAnswer
    {
        var answer = StakingActiveValidatorsAnswer()
        let limit = limit(query.page)
        try collections.powers.forEach(in: state, from: try start(query.page)) {
            (validator, power) throws(ModuleError) in
            guard answer.powers.count < limit else {
                answer.next = operatorText(validator)
                return false
            }
            answer.powers.append(try record(of: power, validator))
            return true
        }
        return answer
    }

    /// The powers in force at a height: for each validator the last that was recorded at or before it.
    ///
    /// A height that is still to come has the powers of now.
    func powers(at height: UInt64) throws(ModuleError) -> StakingPowersAnswer {
        let found = try collections.totalPowerHistory.entries(in: state, from: DescendingHeight(height), limit: 1).first
        guard let found else {
            throw ModuleError(.historyNotKept, "the powers of height \(height) are not kept: ask for a later height")
        }
        var ranks: [(validator: Address, power: UInt64)] = []
        var next: Pair<Address, DescendingHeight>? = try nextHistory(after: nil)
        while let key = next {
            let validator = key.first
            try collections.powerHistory.forEach(in: state, from: Pair(validator, DescendingHeight(height))) {
                (key, power) throws(ModuleError) in
                if key.first == validator, power > 0 { ranks.append((validator, power)) }
                return false
            }
            next = try nextHistory(after: validator)
        }
        return try powers(ranks, total: found.value)
    }

    /// The first entry of the validator that follows in the history.
    private func nextHistory(after validator: Address?) throws(ModuleError) -> Pair<Address, DescendingHeight>? {
        var found: Pair<Address, DescendingHeight>?
        let start = validator.map { Pair($0, DescendingHeight(0)) }
        try collections.powerHistory.forEach(in: state, from: start) { (key, _) throws(ModuleError) in
            guard key.first != validator else { return true }
            found = key
            return false
        }
        return found
    }

    private func powers(_ ranks: [(validator: Address, power: UInt64)], total: UInt64) throws(ModuleError)
        -> StakingPowersAnswer
    {
        let sorted = ranks.sorted { $0.power != $1.power ? $0.power > $1.power : $0.validator < $1.validator }
        var answer = StakingPowersAnswer()
        answer.totalPower = total
        for (validator, power) in sorted {
            answer.powers.append(try record(of: power, validator))
        }
        return answer
    }

    /// A validator of a past height may be gone; its power is still told.
    private func record(of power: UInt64, _ validator: Address) throws(ModuleError) -> StakingPowerRecord {
        let profile = try collections.profiles.value(for: validator, in: state)
        return .with {
            $0.operator = operatorText(validator)
            if let profile {
                $0.consensusKey = profile.consensusKey
                $0.moniker = profile.description_p.moniker
            }
            $0.power = power
        }
    }
}
