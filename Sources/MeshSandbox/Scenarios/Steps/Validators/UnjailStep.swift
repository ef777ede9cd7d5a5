import ModuleKit
import SlashingEvents

/// `unjail`: a validator's operator brings it back.
struct UnjailStep: ScenarioStep {
    static let kind = ScenarioKind(
        "unjail",
        "Brings a jailed validator back, when its time is over; with fails, the error that is expected.",
        example: """
            - unjail: juno/validator-2
            - unjail: { validator: juno/validator-2, fails: staking/106 }
            """
    )

    private let validator: AccountReference
    private let signing: MessageSigning

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        guard case .mapping = node.content else {
            validator = try reader.validator(node)
            signing = MessageSigning(validator)
            return
        }
        let members = try node.members(of: "unjail", allowing: ["validator"] + MessageSigning.members)
        validator = try reader.validator(try members.required("validator"))
        signing = try MessageSigning(validator, members, &reader)
    }

    var description: String { "\(validator) is unjailed" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try signing.submit([SlashingMessage.with { $0.unjail = .init() }], to: "slashing", in: run)
    }
}
