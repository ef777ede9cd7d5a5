import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// `freeze`: a chain learns that another one has contradicted itself.
struct FreezeStep: ScenarioStep {
    static let kind = ScenarioKind(
        "freeze",
        "Shows a chain two headers of one height that the validators beyond a channel have signed. Its client of that chain "
            + "is frozen by it: nothing can be proven to it any more.",
        example: "- freeze: { client: main, on: osmosis }"
    )

    private let channel: ScenarioChannel
    private let chain: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "freeze", allowing: ["client", "on"])
        chain = try reader.chain(try members.required("on"))
        channel = try reader.channel(try members.required("client"), from: chain)
    }

    var description: String { "the client of \(channel.name) on \(chain) is shown a contradiction" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let end = try run.end(of: channel.name, on: chain)
        let (here, there) = (try run.chain(chain), try run.chain(channel.opposite(of: chain)?.chain ?? chain))
        let message = try ScenarioError.running(nil) {
            guard let client = end.client else {
                throw ScenarioError(.outOfTurn, "there is no client yet: begin with the step `\(channel.opening)`")
            }
            let misbehaviour = try Contradiction(of: there, shownTo: client, on: here).misbehaviour()
            return try SandboxMessage(
                InterchainMessage.with {
                    $0.submitMisbehaviour.clientID = client.text
                    $0.submitMisbehaviour.misbehaviour = Data(misbehaviour.encoded)
                },
                to: PublicState.label
            )
        }
        try run.submit([message], from: AccountReference(chain: chain, name: "observer"))
    }
}
