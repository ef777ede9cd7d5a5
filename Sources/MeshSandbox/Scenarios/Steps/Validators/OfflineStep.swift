/// `offline`: a validator signs no more.
struct OfflineStep: ScenarioStep {
    static let kind = ScenarioKind(
        "offline",
        "Lets a validator sign no blocks. The others need more than two thirds of the power.",
        example: "- offline: juno/validator-2"
    )

    private let validator: AccountReference

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        validator = try reader.validator(node)
    }

    var description: String { "\(validator) goes offline" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let chain = try run.chain(validator.chain)
        try ScenarioError.running(nil) { try chain.setOnline(false, validator: validator.name) }
    }
}

/// `online`: a validator signs again.
struct OnlineStep: ScenarioStep {
    static let kind = ScenarioKind(
        "online",
        "Lets a validator that is offline sign again. If it was jailed meanwhile, it has to be brought back.",
        example: "- online: juno/validator-2"
    )

    private let validator: AccountReference

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        validator = try reader.validator(node)
    }

    var description: String { "\(validator) is online again" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let chain = try run.chain(validator.chain)
        try ScenarioError.running(nil) { try chain.setOnline(true, validator: validator.name) }
    }
}
