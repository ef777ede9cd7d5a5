import IBC

/// `channel`: how far an end of a channel is.
struct ChannelExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "channel",
        "The state of a channel's end on a chain: init, try_open, open or closed.",
        example: "- expect: { channel: main, on: provider, is: open }"
    )
    static let allowed = ["channel", "on", "is"]

    private let channel: ScenarioChannel
    private let chain: String
    private let state: String

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        chain = try reader.chain(try members.required("on"))
        channel = try reader.channel(try members.required("channel"), from: chain)
        state = try members.required("is").word("a channel's state", of: ["init", "try_open", "open", "closed"])
    }

    var description: String { "channel \(channel.name) on \(chain)" }
    var expected: String { state }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let end = try run.end(of: channel.name, on: chain)
        let chain = try run.chain(chain)
        let found = try ScenarioError.running(nil) { () -> String in
            guard let id = end.channelEnd else { return "none" }
            return try PublicState(chain).channel(id).end.state.shown
        }
        return ScenarioFinding(found, isMet: found == state)
    }
}

extension ChannelEnd.State {
    /// As a scenario names it.
    fileprivate var shown: String {
        switch self {
        case .initialized: "init"
        case .tryOpen: "try_open"
        case .open: "open"
        case .closed: "closed"
        }
    }
}
