import IBC
import InterchainEvents
import MeshHost
import ModuleKit
import Storage

/// `client`: whether a chain still follows another.
struct ClientExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "client",
        "The status of the client on which a channel's end stands: active, expired or frozen.",
        example: "- expect: { client: main, on: provider, is: active }"
    )
    static let allowed = ["client", "on", "is"]

    private let channel: ScenarioChannel
    private let chain: String
    private let status: String

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        chain = try reader.chain(try members.required("on"))
        channel = try reader.channel(try members.required("client"), from: chain)
        status = try members.required("is").word("a client's status", of: ["active", "expired", "frozen"])
    }

    var description: String { "client of \(channel.name) on \(chain)" }
    var expected: String { status }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let end = try run.end(of: channel.name, on: chain)
        let chain = try run.chain(chain)
        let found = try ScenarioError.running(nil) {
            let now = try chain.host().lastHeader.timeNanoseconds
            return try PublicState(chain).ask {
                $0.client.clientID = end.client?.text ?? ""
                $0.client.time.seconds = Int64(clamping: now / 1_000_000_000)
                $0.client.time.nanos = Int32(clamping: now % 1_000_000_000)
            }
            .client.status
        }
        return ScenarioFinding(found, isMet: found == status)
    }
}
