/// `open`: a channel is opened, from its clients on.
struct OpenStep: ScenarioStep {
    static let kind = ScenarioKind(
        "open",
        "Opens a channel: the clients and the connection that it stands on, and its handshake.",
        example: "- open: main"
    )

    private let channel: ScenarioChannel

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        channel = try reader.channel(node)
        guard channel.pairing == nil else {
            throw node.refusal("\(channel.name) is opened with its pairing: use the step `\(channel.opening)`")
        }
    }

    var description: String {
        "open \(channel.name) between \(channel.ends.0.chain)/\(channel.ends.0.port) and "
            + "\(channel.ends.1.chain)/\(channel.ends.1.port)"
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) { try run.open(channel) }
}
