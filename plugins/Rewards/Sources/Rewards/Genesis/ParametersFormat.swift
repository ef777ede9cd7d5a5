import ModuleKit

/// The parameters as a Cosmos genesis document has them.
enum ParametersFormat {
    /// The parameters of `x/mint`.
    static let mintMembers = [
        "mint_denom", "inflation_rate_change", "inflation_max", "inflation_min", "goal_bonded", "blocks_per_year",
    ]
    /// The parameters of `x/distribution`, and one more of our own.
    static let shareMembers = ["community_tax", "withdraw_addr_enabled", "shared_denoms"]
    /// What has had no effect since SDK 0.47: a proposer earns like every other signer.
    static let proposerMembers = ["base_proposer_reward", "bonus_proposer_reward"]

    /// Takes over what is there of either module; what is not stays as it is.
    static func read(_ field: JSONField, into rules: inout RewardRules) throws(ModuleError) {
        if let field = field["mint_denom"].optional { rules.mintDenom = try field.denom() }
        if let field = field["inflation_rate_change"].optional { rules.inflationRateChange = try field.decimal() }
        if let field = field["inflation_max"].optional { rules.inflationMax = try field.decimal() }
        if let field = field["inflation_min"].optional { rules.inflationMin = try field.decimal() }
        if let field = field["goal_bonded"].optional { rules.goalBonded = try field.decimal() }
        if let field = field["blocks_per_year"].optional { rules.blocksPerYear = try field.integer() }
        if let field = field["community_tax"].optional { rules.communityTax = try field.decimal() }
        if let field = field["withdraw_addr_enabled"].optional { rules.isWithdrawAddressEnabled = try field.bool() }
        guard let field = field["shared_denoms"].optional else { return }
        var denoms: [Denom] = []
        for field in try field.array() { denoms.append(try field.denom()) }
        rules.sharedDenoms = denoms
    }

    /// The parameters of both modules in one object.
    static func write(_ rules: RewardRules) -> JSONValue {
        var object = JSONObject()
        if let denom = rules.mintDenom { object["mint_denom"] = .string(denom.text) }
        object["inflation_rate_change"] = .string(rules.inflationRateChange.description)
        object["inflation_max"] = .string(rules.inflationMax.description)
        object["inflation_min"] = .string(rules.inflationMin.description)
        object["goal_bonded"] = .string(rules.goalBonded.description)
        object["blocks_per_year"] = .string(String(rules.blocksPerYear))
        object["community_tax"] = .string(rules.communityTax.description)
        object["withdraw_addr_enabled"] = .bool(rules.isWithdrawAddressEnabled)
        if !rules.sharedDenoms.isEmpty {
            object["shared_denoms"] = .array(rules.sharedDenoms.map { .string($0.text) })
        }
        return .object(object)
    }
}
