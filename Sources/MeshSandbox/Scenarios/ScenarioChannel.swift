/// A channel of a scenario; it is there once a step opens it.
public struct ScenarioChannel: Hashable, Sendable {
    /// One end.
    public struct End: Hashable, Sendable {
        /// The chain's name in the scenario.
        public let chain: String
        /// The port on it.
        public let port: String
    }

    /// How packets are delivered.
    public enum Ordering: String, Hashable, Sendable, CaseIterable {
        /// In any order.
        case unordered
        /// In the order in which they were sent.
        case ordered
    }

    /// The name in the scenario.
    public let name: String
    /// The end at which the handshake begins, and the other.
    public var ends: (End, End) { (first, second) }
    /// What the two applications agree on.
    public let version: String
    /// How packets are delivered.
    public let ordering: Ordering
    /// The pairing that it belongs to; nil for a channel of its own.
    public let pairing: String?
    /// The step that opens it.
    var opening: String { pairing.map { "pair: \($0)" } ?? "open: \(name)" }
    private let first: End
    private let second: End

    static let allowed = ["between", "version", "ordering"]

    /// The end on a chain.
    public func end(on chain: String) -> End? { [first, second].first { $0.chain == chain } }

    /// The end that is not on a chain; nil when none is there.
    public func opposite(of chain: String) -> End? {
        if first.chain == chain { return second }
        return second.chain == chain ? first : nil
    }

    init(_ member: ScenarioNode.Member, _ reader: ScenarioReader) throws(ScenarioError) {
        name = member.name
        let members = try member.value.members(of: "a channel", allowing: Self.allowed)
        let between = try members.required("between")
        guard between.elements.count == 2 else {
            throw between.refusal("a channel is between two ends, such as [provider/transfer, consumer/transfer]")
        }
        first = try End(between.elements[0], reader)
        second = try End(between.elements[1], reader)
        guard first.chain != second.chain else { throw between.refusal("a channel is between two different chains") }
        version = try members.optional("version")?.text("a version") ?? "ics20-1"
        let words = Ordering.allCases.map(\.rawValue)
        let word = try members.optional("ordering")?.word("ordering", of: words)
        ordering = word.flatMap(Ordering.init) ?? .unordered
        pairing = nil
    }

    /// A channel of a pairing, which keeps no order.
    init(_ name: String, of pairing: String, between first: End, and second: End, version: String) {
        self.name = name
        self.pairing = pairing
        self.first = first
        self.second = second
        self.version = version
        ordering = .unordered
    }
}

extension ScenarioChannel.End {
    fileprivate init(_ node: ScenarioNode, _ reader: ScenarioReader) throws(ScenarioError) {
        let text = try node.text("an end")
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else {
            throw node.refusal(
                "an end is a chain, a slash and a port, such as provider/transfer, not \(text.shownShort)"
            )
        }
        chain = try reader.chain(ScenarioNode(content: .text(parts[0], isQuoted: true), place: node.place))
        port = parts[1]
    }
}
