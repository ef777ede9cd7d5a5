import ModuleKit
import StakingEvents

/// What the parts of the section have to agree on.
extension StakingGenesis {
    private static let root = "$.app_state.staking"

    /// Checks the section in itself.
    ///
    /// - Throws: `genesisContradiction`, with the path of the first element that does not fit.
    func check() throws(ModuleError) {
        let places = try checkValidators()
        try checkDelegations(places)
        try checkUnbondings()
        try checkRedelegations()
        try checkPowers(places)
        try checkSubAccounts()
    }

    private static func contradiction(_ path: String, _ what: String) -> ModuleError {
        ModuleError(.genesisContradiction, "\(root).\(path): \(what)")
    }

    /// No operator and no consensus key twice; gives the place of each operator.
    private func checkValidators() throws(ModuleError) -> [String: Int] {
        var places: [String: Int] = [:]
        var keys: Set<[UInt8]> = []
        for (index, validator) in validators.enumerated() {
            let path = "validators[\(index)]"
            guard places.updateValue(index, forKey: validator.operator) == nil else {
                throw Self.contradiction("\(path).operator_address", "the validator is there twice: remove one")
            }
            guard keys.insert([UInt8](validator.consensusKey)).inserted else {
                throw Self.contradiction("\(path).consensus_pubkey", "another validator has this key: remove one")
            }
            let stake = try ValidatorStake(validator.stake)
            guard !stake.shares.isZero || stake.tokens.isZero else {
                throw Self.contradiction("\(path).tokens", "\(stake.tokens) tokens stand behind no shares: mend one")
            }
            guard !stake.isJailed || !stake.isBonded else {
                throw Self.contradiction("\(path).status", "a jailed validator is not bonded: mend one")
            }
        }
        return places
    }

    /// The shares of each validator are those of its delegations.
    private func checkDelegations(_ places: [String: Int]) throws(ModuleError) {
        var sums = [Decimal18](repeating: .zero, count: validators.count)
        var seen: Set<[String]> = []
        for (index, delegation) in delegations.enumerated() {
            let path = "delegations[\(index)]"
            guard let place = places[delegation.validator] else {
                throw Self.contradiction("\(path).validator_address", "there is no such validator: add it")
            }
            guard seen.insert([delegation.delegator, delegation.validator]).inserted else {
                throw Self.contradiction(path, "the delegation is there twice: add them up")
            }
            let shares = try Decimal18(delegation.shares)
            guard !shares.isZero else { throw Self.contradiction("\(path).shares", "there are none: remove it") }
            sums[place] = try sums[place].adding(shares)
        }
        for (index, validator) in validators.enumerated() {
            let shares = try Decimal18(validator.stake.shares)
            guard shares == sums[index] else {
                throw Self.contradiction(
                    "validators[\(index)].delegator_shares",
                    "\(shares) is not the sum of its delegations, \(sums[index]): mend one"
                )
            }
        }
    }

    private func checkUnbondings() throws(ModuleError) {
        var seen: Set<[String]> = []
        for (index, record) in unbondings.enumerated() {
            let path = "unbonding_delegations[\(index)]"
            guard seen.insert([record.delegator, record.validator]).inserted else {
                throw Self.contradiction(path, "the unbonding delegation is there twice: join them")
            }
            guard !record.entries.isEmpty else {
                throw Self.contradiction("\(path).entries", "there are none: remove it")
            }
            for (place, entry) in record.entries.enumerated() {
                guard try Amount(entry.balance) <= (try Amount(entry.initialBalance)) else {
                    throw Self.contradiction("\(path).entries[\(place)].balance", "it is above the initial balance")
                }
            }
        }
    }

    private func checkRedelegations() throws(ModuleError) {
        var seen: Set<[String]> = []
        for (index, record) in redelegations.enumerated() {
            let path = "redelegations[\(index)]"
            guard seen.insert([record.delegator, record.source, record.destination]).inserted else {
                throw Self.contradiction(path, "the redelegation is there twice: join them")
            }
            guard !record.entries.isEmpty else {
                throw Self.contradiction("\(path).entries", "there are none: remove it")
            }
        }
    }

    private func checkSubAccounts() throws(ModuleError) {
        var seen: Set<Address> = []
        for (index, subAccount) in subAccounts.enumerated() {
            guard seen.insert(try subAccount.address).inserted else {
                throw Self.contradiction("sub_accounts[\(index)]", "it is there twice: remove one")
            }
        }
    }

    /// The powers are those of the bonded validators, and their sum is the total.
    private func checkPowers(_ places: [String: Int]) throws(ModuleError) {
        guard isExported else { return }
        var bonded: Set<String> = []
        for validator in validators where validator.stake.status == .bonded { bonded.insert(validator.operator) }
        let names = Dictionary(
            uniqueKeysWithValues: try validators.map { (validator) throws(ModuleError) in
                (try Address(bech32: validator.operator), validator.operator)
            }
        )
        var sum: UInt64 = 0
        var seen: Set<Address> = []
        for (index, power) in powers.enumerated() {
            let path = "last_validator_powers[\(index)]"
            guard seen.insert(power.validator).inserted else { throw Self.contradiction(path, "it is there twice") }
            guard power.power > 0 else { throw Self.contradiction("\(path).power", "it is zero: remove the entry") }
            guard let name = names[power.validator], bonded.contains(name) else {
                throw Self.contradiction("\(path).address", "there is no bonded validator of this operator: mend one")
            }
            let (next, overflow) = sum.addingReportingOverflow(power.power)
            guard !overflow else { throw Self.contradiction(path, "the sum of the powers is above 2^64 - 1") }
            sum = next
        }
        guard sum == totalPower else {
            throw Self.contradiction("last_total_power", "\(totalPower) is not the sum of the powers, \(sum): mend one")
        }
        guard seen.count == bonded.count else {
            throw Self.contradiction(
                "last_validator_powers",
                "\(seen.count) powers stand for \(bonded.count) bonded validators: add those that are missing"
            )
        }
    }

    /// What the pools have to hold: the tokens of bonded validators; and those of others, with the unbonding coins.
    func poolSums() throws(ModuleError) -> (bonded: Amount, notBonded: Amount) {
        var bonded = Amount.zero
        var notBonded = Amount.zero
        for validator in validators {
            let tokens = try Amount(validator.stake.tokens)
            if validator.stake.status == .bonded {
                bonded = try bonded.adding(tokens)
            } else {
                notBonded = try notBonded.adding(tokens)
            }
        }
        for record in unbondings {
            for entry in record.entries { notBonded = try notBonded.adding(try Amount(entry.balance)) }
        }
        return (bonded, notBonded)
    }
}
