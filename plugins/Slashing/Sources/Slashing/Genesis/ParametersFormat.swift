import ModuleKit
import SlashingEvents

/// The parameters as a Cosmos genesis document has them.
enum ParametersFormat {
    /// The members of `params`; before SDK 0.39 the age of evidence was one of them.
    static let members = [
        "signed_blocks_window", "min_signed_per_window", "downtime_jail_duration", "slash_fraction_double_sign",
        "slash_fraction_downtime", "max_evidence_age",
    ]

    /// The members of the consensus parameters' `evidence` that are read here; the first is that of old documents.
    static let evidenceMembers = ["max_age", "max_age_num_blocks", "max_age_duration"]

    /// Takes over what is there; what is not stays as it is.
    static func read(_ field: JSONField, into rules: inout SlashingRules) throws(ModuleError) {
        if let field = field["signed_blocks_window"].optional { rules.window = try field.integer() }
        if let field = field["min_signed_per_window"].optional { rules.minSignedPerWindow = try field.decimal() }
        if let field = field["downtime_jail_duration"].optional { rules.downtimeJailDuration = try field.timeSpan() }
        if let field = field["slash_fraction_double_sign"].optional { rules.doubleSignFraction = try field.decimal() }
        if let field = field["slash_fraction_downtime"].optional { rules.downtimeFraction = try field.decimal() }
        if let field = field["max_evidence_age"].optional { rules.evidenceAgeMax = try field.timeSpan() }
    }

    /// Takes over the limits of the age of evidence.
    static func read(evidence field: JSONField, into rules: inout SlashingRules) throws(ModuleError) {
        if let field = field["max_age"].optional { rules.evidenceAgeBlocksMax = try field.integer() }
        if let field = field["max_age_num_blocks"].optional { rules.evidenceAgeBlocksMax = try field.integer() }
        if let field = field["max_age_duration"].optional { rules.evidenceAgeMax = try field.timeSpan() }
    }

    /// The members of SDK 0.50.
    static func write(_ rules: SlashingRules) -> JSONValue {
        [
            "signed_blocks_window": .string(String(rules.window)),
            "min_signed_per_window": .string(rules.minSignedPerWindow.description),
            "downtime_jail_duration": .string(rules.downtimeJailDuration.description),
            "slash_fraction_double_sign": .string(rules.doubleSignFraction.description),
            "slash_fraction_downtime": .string(rules.downtimeFraction.description),
        ]
    }

    /// The limits of the age of evidence, which a Cosmos chain has among its consensus parameters.
    static func write(evidence rules: SlashingRules) -> JSONValue {
        [
            "max_age_num_blocks": .string(String(rules.evidenceAgeBlocksMax)),
            "max_age_duration": .string(rules.evidenceAgeMax.description),
        ]
    }
}
