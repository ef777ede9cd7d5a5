/// What a scenario has defined so far, for whoever reads a value that names something of it.
public struct ScenarioReader: Sendable {
    /// The kinds of steps and expectations there are.
    public let vocabulary: ScenarioVocabulary
    private var chains: [ScenarioChain] = []
    private var channels: [ScenarioChannel] = []
    private var labels: [String] = []

    /// Starts with nothing defined.
    init(_ vocabulary: ScenarioVocabulary) { self.vocabulary = vocabulary }

    mutating func define(_ chains: [ScenarioChain]) { self.chains = chains }

    mutating func define(_ channels: [ScenarioChannel]) { self.channels = channels }

    /// Takes a value as the name of a chain.
    public func chain(_ node: ScenarioNode) throws(ScenarioError) -> String {
        try chain(try node.text("a chain"), at: node)
    }

    /// Takes a value as the names of chains; `all` stands for all of them.
    public func chains(_ node: ScenarioNode) throws(ScenarioError) -> [String] {
        if case .text("all", _) = node.content { return chains.map(\.name) }
        guard !node.elements.isEmpty else { throw node.refusal("name a chain, a list of chains, or all") }
        return try node.elements.map { (node) throws(ScenarioError) in try chain(node) }
    }

    /// Takes a value as `chain/account`.
    public func account(_ node: ScenarioNode) throws(ScenarioError) -> AccountReference {
        let text = try node.text("an account")
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw node.refusal(
                "an account is a chain, a slash and a name, such as provider/alice, not \(text.shownShort)"
            )
        }
        let chain = try chain(parts[0], at: node)
        let known = chains.first { $0.name == chain }?.accounts ?? []
        guard known.contains(parts[1]) else {
            throw node.unknown(parts[1], "account of \(chain)", known)
        }
        return AccountReference(chain: chain, name: parts[1])
    }

    /// Takes a value as the name of a channel.
    public func channel(_ node: ScenarioNode) throws(ScenarioError) -> ScenarioChannel {
        let name = try node.text("a channel")
        guard let channel = channels.first(where: { $0.name == name }) else {
            throw node.unknown(name, "channel", channels.map(\.name))
        }
        return channel
    }

    /// Takes a value as the name of a channel that has an end on a chain.
    public func channel(_ node: ScenarioNode, from chain: String) throws(ScenarioError) -> ScenarioChannel {
        let channel = try channel(node)
        guard channel.end(on: chain) != nil else {
            throw node.refusal(
                "the channel \(channel.name) has no end on \(chain); it is between \(channel.ends.0.chain) and "
                    + channel.ends.1.chain
            )
        }
        return channel
    }

    /// Takes a value as a denomination as it is written for a chain: `uatom`, `uatom over CHANNEL`, or a path such as
    /// `transfer/channel-0/uatom`.
    public func denomination(_ node: ScenarioNode, on chain: String) throws(ScenarioError) -> ScenarioDenomination {
        let text = try node.text("a denomination")
        let words = text.split(separator: " ").map(String.init)
        var way: [ScenarioChannel] = []
        for (index, word) in words.enumerated().dropFirst() {
            guard index.isMultiple(of: 2) || word == "over" else {
                throw node.refusal(
                    "a denomination is `uatom`, `uatom over CHANNEL`, or a path such as transfer/channel-0/uatom, not "
                        + text.shownShort
                )
            }
            guard index.isMultiple(of: 2) else { continue }
            guard let channel = channels.first(where: { $0.name == word }) else {
                throw node.unknown(word, "channel", channels.map(\.name))
            }
            way.append(channel)
        }
        guard let base = words.first, !words.count.isMultiple(of: 2) else {
            throw node.refusal("name a denomination, such as uatom, or uatom over CHANNEL")
        }
        return try ScenarioError.reading(node.place) { try ScenarioDenomination(base: base, over: way, on: chain) }
    }

    /// Takes a value as a label that a step gives.
    public mutating func newLabel(_ node: ScenarioNode) throws(ScenarioError) -> String {
        let label = try node.name("a label")
        guard !labels.contains(label) else {
            throw node.refusal("the label \(label) is given already: choose another", code: .duplicateName)
        }
        labels.append(label)
        return label
    }

    /// Takes a value as a label that an earlier step gave.
    public func label(_ node: ScenarioNode) throws(ScenarioError) -> String {
        let label = try node.text("a label")
        guard labels.contains(label) else { throw node.unknown(label, "label of an earlier step", labels) }
        return label
    }

    private func chain(_ name: String, at node: ScenarioNode) throws(ScenarioError) -> String {
        guard chains.contains(where: { $0.name == name }) else {
            throw node.unknown(name, "chain", chains.map(\.name))
        }
        return name
    }
}

extension ScenarioNode {
    /// A refusal of a name that stands for nothing.
    fileprivate func unknown(_ name: String, _ what: String, _ known: [String]) -> ScenarioError {
        let choice = known.isEmpty ? "there is none" : "there is \(known.joined(separator: ", "))"
        return refusal("\(name.shownShort) is no \(what); \(choice)", code: .unknownName)
    }
}
