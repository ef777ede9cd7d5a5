/// What a scenario has defined so far, for whoever reads a value that names something of it.
public struct ScenarioReader: Sendable {
    /// The kinds of steps and expectations there are.
    public let vocabulary: ScenarioVocabulary
    private var chains: [ScenarioChain] = []
    private var channels: [ScenarioChannel] = []
    private var pairings: [ScenarioPairing] = []
    private var labels: [String] = []

    /// Starts with nothing defined.
    init(_ vocabulary: ScenarioVocabulary) { self.vocabulary = vocabulary }

    mutating func define(_ chains: [ScenarioChain]) { self.chains = chains }

    mutating func define(_ channels: [ScenarioChannel]) { self.channels = channels }

    /// The two channels of a pairing can be named as well: `main/control` and `main/transfer`.
    mutating func define(_ pairings: [ScenarioPairing]) {
        self.pairings = pairings
        channels += pairings.flatMap { [$0.control, $0.transfer] }
    }

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

    /// Takes a value as the name of a channel, or of a pairing, for the channel that it stands for.
    ///
    /// - Parameter tokens: whether a channel for tokens is meant; of a pairing, that is the one for tokens, and otherwise the
    ///   control channel.
    public func channel(_ node: ScenarioNode, forTokens tokens: Bool = false) throws(ScenarioError) -> ScenarioChannel {
        try channel(try node.text("a channel"), forTokens: tokens, at: node)
    }

    /// Takes a value as the name of a channel, or of a pairing, that has an end on a chain.
    public func channel(_ node: ScenarioNode, from chain: String, forTokens tokens: Bool = false)
        throws(ScenarioError) -> ScenarioChannel
    {
        let channel = try channel(node, forTokens: tokens)
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
            way.append(try channel(word, forTokens: true, at: node))
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

    /// Takes a value as the name of a pairing.
    public func pairing(_ node: ScenarioNode) throws(ScenarioError) -> ScenarioPairing {
        let name = try node.text("a pairing")
        guard let pairing = pairings.first(where: { $0.name == name }) else {
            throw node.unknown(name, "pairing", pairings.map(\.name))
        }
        return pairing
    }

    /// Takes a value as `chain/account` of a validator.
    ///
    /// - Parameter chain: the chain on which it has to be; any unless given.
    public func validator(_ node: ScenarioNode, on chain: String? = nil) throws(ScenarioError) -> AccountReference {
        let account = try account(node)
        guard chain == nil || account.chain == chain else {
            throw node.refusal("\(account) is on another chain: name a validator of \(chain ?? "")")
        }
        let validators = try description(ofChain: account.chain, at: node).specification.validatorNames
        guard validators.contains(account.name) else {
            throw node.unknown(account.name, "validator of \(account.chain)", validators)
        }
        return account
    }

    /// Takes a value as the name of a chain, and gives what is said of it.
    func description(ofChain node: ScenarioNode) throws(ScenarioError) -> ScenarioChain {
        try description(ofChain: try node.text("a chain"), at: node)
    }

    /// What is said of a chain.
    func description(ofChain name: String, at node: ScenarioNode) throws(ScenarioError) -> ScenarioChain {
        guard let chain = chains.first(where: { $0.name == name }) else {
            throw node.unknown(name, "chain", chains.map(\.name))
        }
        return chain
    }

    private func channel(_ name: String, forTokens tokens: Bool, at node: ScenarioNode)
        throws(ScenarioError) -> ScenarioChannel
    {
        if let pairing = pairings.first(where: { $0.name == name }) {
            return tokens ? pairing.transfer : pairing.control
        }
        guard let channel = channels.first(where: { $0.name == name }) else {
            throw node.unknown(name, "channel", channels.map(\.name))
        }
        guard !tokens || !pairings.contains(where: { $0.control == channel }) else {
            throw node.refusal("no tokens go over \(name): name \(channel.pairing ?? "")/transfer")
        }
        return channel
    }

    private func chain(_ name: String, at node: ScenarioNode) throws(ScenarioError) -> String {
        try description(ofChain: name, at: node).name
    }
}

extension ScenarioNode {
    /// A refusal of a name that stands for nothing.
    fileprivate func unknown(_ name: String, _ what: String, _ known: [String]) -> ScenarioError {
        let choice = known.isEmpty ? "there is none" : "there is \(known.joined(separator: ", "))"
        return refusal("\(name.shownShort) is no \(what); \(choice)", code: .unknownName)
    }
}
