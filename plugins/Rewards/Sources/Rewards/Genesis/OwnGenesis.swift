internal import Foundation
import ModuleKit
import RewardsEvents

/// The section `rewards`, as `exportGenesis` writes it.
struct OwnGenesis {
    let rewards: Rewards
    let context: Rewards.Context

    private static let path = "app_state.rewards"
    private static let members = [
        "params", "minter", "denominations", "recipients", "validators", "positions", "withdraw_addresses",
    ]

    /// Records all of it; shares and commission rates come with the stake.
    func read(_ section: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        try section.requireMembers(Self.members, in: Self.path, &report)
        var rules = try rewards.collections.rules.value(in: context) ?? RewardRules()
        if let params = section["params"].optional {
            let known = ParametersFormat.mintMembers + ParametersFormat.shareMembers
            try params.requireMembers(known, in: "\(Self.path).params", &report)
            try ParametersFormat.read(params, into: &rules)
            try rules.check(readFrom: params)
        }
        try rewards.set(rules, context)
        if let minter = section["minter"].optional {
            let known = ["inflation", "annual_provisions", "block_provision"]
            try minter.requireMembers(known, in: "\(Self.path).minter", &report)
            var inflation = InflationState()
            inflation.inflation = try minter["inflation"].decimal()
            inflation.annualProvisions = try minter["annual_provisions"].decimal()
            inflation.blockProvision = try minter["block_provision"].amount()
            try rewards.emit(inflation, context)
        }
        try readRecipients(try records("recipients", of: section, &report))
        for field in try records("validators", of: section, &report) { try readValidator(field, &report) }
        for field in try records("positions", of: section, &report) { try readPosition(field, &report) }
        for field in try records("withdraw_addresses", of: section, &report) { try readWithdrawAddress(field) }
        try readDenominations(section["denominations"], try records("denominations", of: section, &report))
    }

    /// The records of a list, after a look at what they have in them.
    ///
    /// - Throws: `invalidValue` where two of them are of the same thing.
    private func records(_ list: String, of section: JSONField, _ report: inout GenesisReport) throws(ModuleError)
        -> [JSONField]
    {
        let (names, others) = Self.recordMembers[list] ?? ([], [])
        // Only asked, never iterated.
        var known: Set<[String]> = []
        let records = try section[list].elementsOrNone()
        for record in records {
            try record.requireMembers(names + others, in: "\(Self.path).\(list)[]", &report)
            var texts: [String] = []
            for name in names { texts.append(try record[name].string()) }
            guard known.insert(texts).inserted else {
                throw record.invalid("\(texts.joined(separator: " at ")) stands here twice; remove one")
            }
        }
        return records
    }

    /// By list: what names a record, and what else it has.
    private static let recordMembers: [String: (names: [String], others: [String])] = [
        "recipients": (["consensus_address"], ["validator_address", "power"]),
        "validators": (["validator_address"], ["is_removed", "rewards"]),
        "positions": (["delegator_address", "validator_address"], ["rewards"]),
        "withdraw_addresses": (["delegator_address"], ["withdraw_address"]),
        "denominations": (["denom"], ["community_pool", "held", "received", "paid", "points", "carry"]),
    ]

    /// What a record says of each denomination.
    private func rewards(of record: JSONField, _ members: [String], in list: String, _ report: inout GenesisReport)
        throws(ModuleError) -> [JSONField]
    {
        // Only asked, never iterated.
        var known: Set<String> = []
        let rewards = try record["rewards"].elementsOrNone()
        for reward in rewards {
            try reward.requireMembers(["denom"] + members, in: "\(Self.path).\(list)[].rewards[]", &report)
            let denom = try reward["denom"].string()
            guard known.insert(denom).inserted else { throw reward.invalid("\(denom) stands here twice; remove one") }
        }
        return rewards
    }

    /// Changes the powers, which staking has just set, to those that were exported; an engine's are two blocks behind.
    private func readRecipients(_ records: [JSONField]) throws(ModuleError) {
        let current = try rewards.collections.recipients.value(in: context) ?? Recipients()
        var exported = Recipients()
        for field in records {
            let text = try field["validator_address"].string()
            let validator = text.isEmpty ? nil : try operatorAddress(field["validator_address"])
            if let validator, try !rewards.collections.validators.contains(validator, in: context) {
                throw field["validator_address"].invalid("staking has no such validator; mend one of them")
            }
            let address = try field["consensus_address"].address(context.addresses, as: .consensus)
            exported.set(.init(consensusAddress: address, validator: validator, power: try field["power"].integer()))
        }
        let gone = current.entries.filter { exported.entry(of: $0.consensusAddress) == nil }
        let changed = exported.entries.filter { current.entry(of: $0.consensusAddress) != $0 }
        let removals = gone.map {
            Recipients.Entry(consensusAddress: $0.consensusAddress, validator: $0.validator, power: 0)
        }
        try rewards.record(removals + changed, context)
    }

    private func readValidator(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        let validator = try operatorAddress(field["validator_address"])
        var imported = RewardsValidatorImported()
        imported.validator = context.operatorText(validator)
        imported.isRemoved = try field["is_removed"].bool()
        let isKnown = try rewards.collections.validators.contains(validator, in: context)
        guard isKnown != imported.isRemoved else {
            throw field["is_removed"].invalid("staking says otherwise of this validator; mend one of them")
        }
        var entries: [ValidatorLedger.Entry] = []
        let members = ["power_points", "share_points", "carry", "commission", "outstanding"]
        for reward in try rewards(of: field, members, in: "validators", &report) {
            let denom = try reward["denom"].denom()
            entries[denom].powerPoints = try reward["power_points"].decimal()
            entries[denom].sharePoints = try reward["share_points"].decimal()
            entries[denom].carry = try reward["carry"].decimal36()
            entries[denom].commission = try reward["commission"].decimal()
            entries[denom].outstanding = try reward["outstanding"].decimal36()
        }
        imported.rewards = entries.map(\.stored)
        let event = imported
        try context.emit(.with { $0.validatorImported = event })
    }

    private func readPosition(_ field: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        var imported = RewardsPositionImported()
        imported.delegator = context.accountText(
            try field["delegator_address"].address(context.addresses, as: .account)
        )
        imported.validator = context.operatorText(try operatorAddress(field["validator_address"]))
        var entries: [Position.Entry] = []
        for reward in try rewards(of: field, ["share_points", "accrued"], in: "positions", &report) {
            let denom = try reward["denom"].denom()
            entries[denom].sharePoints = try reward["share_points"].decimal()
            entries[denom].accrued = try reward["accrued"].decimal36()
        }
        imported.rewards = entries.map(\.stored)
        let event = imported
        try context.emit(.with { $0.positionImported = event })
    }

    private func readWithdrawAddress(_ field: JSONField) throws(ModuleError) {
        let delegator = try field["delegator_address"].address(context.addresses, as: .account)
        let address = try field["withdraw_address"].address(context.addresses, as: .account)
        try context.emit(
            .with {
                $0.withdrawAddressSet = .with {
                    $0.delegator = context.accountText(delegator)
                    $0.address = context.accountText(address)
                }
            }
        )
    }

    private func readDenominations(_ list: JSONField, _ records: [JSONField]) throws(ModuleError) {
        let balances = try rewards.balances(context)
        var held = Coins.empty
        for field in records {
            let denom = try field["denom"].denom()
            let points = field["points"].optional
            var imported = RewardsDenomination()
            imported.communityPool = try field["community_pool"].decimal36().description
            let amount = try field["held"].amount()
            imported.held = amount.description
            imported.received = try field["received"].amount().description
            imported.paid = try field["paid"].amount().description
            imported.isDistributed = points != nil
            imported.points = try points?.decimal().shortDescription ?? ""
            imported.carry = points == nil ? "" : try field["carry"].decimal().shortDescription
            held = try held.adding(Coin(amount, denom))
            let event = imported
            try context.emit(
                .with {
                    $0.denominationImported = .with {
                        $0.denom = denom.text
                        $0.denomination = event
                    }
                }
            )
        }
        guard held == balances else {
            throw list.invalid("\(held) are held, but the account has \(balances) at the bank; mend one of them")
        }
    }

    private func operatorAddress(_ field: JSONField) throws(ModuleError) -> Address {
        try field.address(context.addresses, as: .validatorOperator)
    }
}
