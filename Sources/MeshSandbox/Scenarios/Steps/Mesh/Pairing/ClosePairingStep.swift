import ConverterEvents
import ExternalStakingEvents
import ModuleKit

/// `close_pairing`: a pairing ends for good.
struct ClosePairingStep: ScenarioStep {
    static let kind = ScenarioKind(
        "close_pairing",
        "Closes the end of a pairing on the chain of whoever does it. The authority of either chain may, by proposal "
            + "where it is governance; on the provider anyone may, once its client of the consumer has expired.",
        example: """
            - close_pairing: { over: main, by: osmosis/authority }
            - close_pairing: { over: main, by: osmosis/alice, fails: external-staking/22 }
            """
    )

    private let signing: MessageSigning
    private let pairing: ScenarioPairing

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "close_pairing", allowing: ["over", "by"] + MessageSigning.members)
        pairing = try reader.pairing(try members.required("over"))
        let node = try members.required("by")
        let account = try reader.account(node)
        guard pairing.chains.contains(account.chain) else {
            throw node.refusal(
                "\(account) is on neither chain of \(pairing.name): name an account of \(pairing.provider) or "
                    + pairing.consumer
            )
        }
        signing = try MessageSigning(account, members, &reader)
    }

    var description: String { "\(signing.account) closes \(pairing.name)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        if signing.account.chain == pairing.provider {
            let message = ExternalStakingMessage.with { $0.close = .init() }
            try signing.submit([message], to: pairing.specification.externalStaking, in: run)
        } else {
            let message = ConverterMessage.with { $0.close = .init() }
            try signing.submit([message], to: pairing.specification.converter, in: run)
        }
    }
}
