import MeshHost
import Storage

/// `blocks`: every running chain makes some blocks.
struct BlocksStep: ScenarioStep {
    static let kind = ScenarioKind(
        "blocks",
        "Lets time pass until every running chain has made that many blocks.",
        example: "- blocks: 3"
    )

    private let count: UInt64

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        count = try node.number("how many blocks", in: 1...100)
    }

    var description: String { "\(count) block\(count == 1 ? "" : "s")" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let goals = try run.network.chains.filter(\.isUp).map { (chain) throws(ScenarioError) in
            (chain, try ScenarioError.running(nil) { try chain.host().lastHeader.height } &+ count)
        }
        try run.advance(until: "\(self) of every chain") { () throws(ScenarioError) in
            try ScenarioError.running(nil) { try goals.allSatisfy { try $0.host().lastHeader.height >= $1 } }
        }
    }
}
