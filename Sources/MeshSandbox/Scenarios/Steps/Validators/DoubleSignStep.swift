/// `double_sign`: a validator signs two blocks of one height.
struct DoubleSignStep: ScenarioStep {
    static let kind = ScenarioKind(
        "double_sign",
        "Has a validator sign a second block of the last height. The chain's own engine reports it with the next block, unless "
            + "it is told not to: then only observers know.",
        example: """
            - double_sign: juno/validator-2
            - double_sign: { validator: juno/validator-2, report: no }
            """
    )

    private let validator: AccountReference
    private let isReported: Bool

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        guard case .mapping = node.content else {
            (validator, isReported) = (try reader.validator(node), true)
            return
        }
        let members = try node.members(of: "double_sign", allowing: ["validator", "report"])
        validator = try reader.validator(try members.required("validator"))
        isReported = try members.optional("report")?.flag("whether the engine reports it") ?? true
    }

    var description: String {
        "\(validator) signs two blocks of one height\(isReported ? "" : ", which its engine misses")"
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let chain = try run.chain(validator.chain)
        _ = try ScenarioError.running(nil) {
            try chain.doubleSign(validator: validator.name, isReported: isReported)
        }
    }
}
