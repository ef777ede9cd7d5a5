import ModuleKit
import StakingEvents

/// The parameters as a Cosmos genesis document has them.
enum ParametersFormat {
    /// What is read; `power_reduction` is a constant in the Cosmos SDK and ours to set.
    private static let members = [
        "unbonding_time", "max_validators", "max_entries", "historical_entries", "bond_denom", "min_commission_rate",
        "power_reduction",
    ]

    /// The members that are not read, in their order.
    static func unknownMembers(of field: JSONField) throws(ModuleError) -> [String] {
        try field.members().map(\.name).filter { !members.contains($0) }
    }

    /// Takes over what is there; what is not, as in documents of older versions, stays as it is.
    static func read(_ field: JSONField, into rules: inout StakingRules) throws(ModuleError) {
        if let field = field["unbonding_time"].optional { rules.unbondingTime = try field.timeSpan() }
        if let field = field["max_validators"].optional { rules.maxValidators = try field.integer(as: UInt32.self) }
        if let field = field["max_entries"].optional { rules.maxEntries = try field.integer(as: UInt32.self) }
        if let field = field["historical_entries"].optional {
            rules.historicalEntries = try field.integer(as: UInt32.self)
        }
        if let field = field["bond_denom"].optional { rules.bondDenom = try field.denom() }
        if let field = field["min_commission_rate"].optional { rules.minCommissionRate = try field.decimal() }
        if let field = field["power_reduction"].optional { rules.powerReduction = try field.amount() }
    }

    /// The parameters of SDK 0.50; the power reduction is written when it is not the Cosmos SDK's.
    static func write(_ rules: StakingRules) -> JSONValue {
        var object = JSONObject()
        object["unbonding_time"] = .string(rules.unbondingTime.description)
        object["max_validators"] = .number(JSONNumber(rules.maxValidators))
        object["max_entries"] = .number(JSONNumber(rules.maxEntries))
        object["historical_entries"] = .number(JSONNumber(rules.historicalEntries))
        object["bond_denom"] = .string(rules.bondDenom.text)
        object["min_commission_rate"] = .string(rules.minCommissionRate.description)
        if rules.powerReduction != 1_000_000 {
            object["power_reduction"] = .string(rules.powerReduction.description)
        }
        return .object(object)
    }
}
