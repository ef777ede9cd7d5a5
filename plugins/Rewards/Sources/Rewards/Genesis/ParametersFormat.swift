import ModuleKit

/// The parameters as a Cosmos genesis document has them.
enum ParametersFormat {
    /// The parameters of `x/mint`.
    static let mintMembers = [
        "mint_denom", "inflation_rate_change", "inflation_max", "inflation_min", "goal_bonded", "blocks_per_year",
    ]
    /// The parameters of `x/distribution`, and which fees are shared out, which is this module's own.
    static let shareMembers = ["community_tax", "withdraw_addr_enabled", "fee_denoms"]
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
        if let field = field["fee_denoms"].optional {
            var denoms: [Denom] = []
            for element in try field.array() { denoms.append(try element.denom()) }
            rules.feeDenoms = denoms.sorted()
        }
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
        object["fee_denoms"] = .array(rules.feeDenoms.map { .string($0.text) })
        return .object(object)
    }
}

extension RewardRules {
    /// Checks the rules after some of them were read from a place of the document.
    ///
    /// - Throws: `rewardParameterNotAllowed`, with the place.
    func check(readFrom field: JSONField) throws(ModuleError) {
        do throws(ModuleError) {
            try check()
        } catch {
            throw ModuleError(error.code, "\(field.path): \(error.message)")
        }
    }
}
