internal import Foundation
import ModuleKit
import RewardsEvents

/// The section `rewards`, as `exportGenesis` writes it.
struct OwnGenesis {
    let rewards: Rewards
    let context: Rewards.Context

    private static let members = [
        "params", "minter", "denominations", "recipients", "validators", "positions", "withdraw_addresses",
    ]

    /// Records all of it; shares and commission rates come with the stake.
    func read(_ section: JSONField, _ report: inout GenesisReport) throws(ModuleError) {
        try section.requireMembers(Self.members, in: "app_state.rewards", &report)
        var rules = try rewards.collections.rules.value(in: context) ?? RewardRules()
        if let params = section["params"].optional { try ParametersFormat.read(params, into: &rules) }
        try rewards.set(rules, context)
        if let minter = section["minter"].optional {
            var inflation = InflationState()
            inflation.inflation = try minter["inflation"].decimal()
            inflation.annualProvisions = try minter["annual_provisions"].decimal()
            inflation.blockProvision = try minter["block_provision"].amount()
            try rewards.emit(inflation, context)
        }
        try readRecipients(section["recipients"])
        for field in try section["validators"].elementsOrNone() { try readValidator(field) }
        for field in try section["positions"].elementsOrNone() { try readPosition(field) }
        for field in try section["withdraw_addresses"].elementsOrNone() { try readWithdrawAddress(field) }
        try readDenominations(section["denominations"])
    }

    /// Changes the powers, which staking has just set, to those that were exported; an engine's are two blocks behind.
    private func readRecipients(_ field: JSONField) throws(ModuleError) {
        let current = try rewards.collections.recipients.value(in: context) ?? Recipients()
        var exported = Recipients()
        for field in try field.elementsOrNone() {
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

    private func readValidator(_ field: JSONField) throws(ModuleError) {
        let validator = try operatorAddress(field["validator_address"])
        var imported = RewardsValidatorImported()
        imported.validator = context.operatorText(validator)
        imported.isRemoved = try field["is_removed"].bool()
        let isKnown = try rewards.collections.validators.contains(validator, in: context)
        guard isKnown != imported.isRemoved else {
            throw field["is_removed"].invalid("staking says otherwise of this validator; mend one of them")
        }
        var entries: [ValidatorLedger.Entry] = []
        for reward in try field["rewards"].elementsOrNone() {
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

    private func readPosition(_ field: JSONField) throws(ModuleError) {
        var imported = RewardsPositionImported()
        imported.delegator = context.accountText(
            try field["delegator_address"].address(context.addresses, as: .account)
        )
        imported.validator = context.operatorText(try operatorAddress(field["validator_address"]))
        var entries: [Position.Entry] = []
        for reward in try field["rewards"].elementsOrNone() {
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

    private func readDenominations(_ field: JSONField) throws(ModuleError) {
        let balances = try rewards.balances(context)
        var held = Coins.empty
        for field in try field.elementsOrNone() {
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
            guard held.amount(of: denom).isZero else { throw field.invalid("\(denom) stands here twice; remove one") }
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
            throw field.invalid("\(held) are held, but the account has \(balances) at the bank; mend one of them")
        }
    }

    private func operatorAddress(_ field: JSONField) throws(ModuleError) -> Address {
        try field.address(context.addresses, as: .validatorOperator)
    }
}
