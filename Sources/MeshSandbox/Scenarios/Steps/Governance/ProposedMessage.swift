import ModuleKit

/// A message of a proposal: any at all, or what is said of a pairing, in a word.
enum ProposedMessage: Sendable {
    /// As its module writes it in JSON.
    case any(ScenarioMessage)
    /// On the consumer: the pairing may mint up to a cap.
    case grant(ScenarioPairing, cap: Amount)
    /// On the consumer: it may mint no more.
    case revoke(ScenarioPairing)
    /// On the provider: users are told that it is a good one.
    case recommend(ScenarioPairing)

    static let members = ScenarioMessage.members + ["grant", "cap", "revoke", "recommend"]

    /// Reads an element of the list `messages`.
    ///
    /// - Parameter chain: the chain that votes, by its name in the scenario.
    init(_ node: ScenarioNode, on chain: String, _ reader: ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "a message of a proposal", allowing: Self.members)
        let kinds = ["to", "grant", "revoke", "recommend"].filter { members.has($0) }
        guard kinds.count == 1 else {
            throw node.refusal(
                "a message of a proposal has one of to (with message), grant (with cap), revoke, recommend"
            )
        }
        for (name, kind) in [("cap", "grant"), ("message", "to")] where members.has(name) && kinds != [kind] {
            throw node.refusal("\(name) stands beside \(kind) alone: leave it out")
        }
        if let value = members.optional("grant") {
            let pairing = try Self.pairing(value, securing: chain, reader)
            let consumer = try reader.description(ofChain: chain, at: value)
            self = .grant(pairing, cap: try members.required("cap").cap(of: consumer, reader))
        } else if let value = members.optional("revoke") {
            self = .revoke(try Self.pairing(value, securing: chain, reader))
        } else if let value = members.optional("recommend") {
            let pairing = try reader.pairing(value)
            guard pairing.provider == chain else {
                throw value.refusal("\(pairing.name) is recommended to users of \(pairing.provider), not of \(chain)")
            }
            self = .recommend(pairing)
        } else {
            self = .any(try ScenarioMessage(members))
        }
    }

    private static func pairing(_ node: ScenarioNode, securing chain: String, _ reader: ScenarioReader)
        throws(ScenarioError) -> ScenarioPairing
    {
        let pairing = try reader.pairing(node)
        guard pairing.consumer == chain else {
            throw node.refusal("\(pairing.name) secures \(pairing.consumer), which decides on it, and not \(chain)")
        }
        return pairing
    }

    /// The message, encoded for instances that are there by now.
    func encoded(on chain: SandboxChain) throws(ScenarioError) -> SandboxMessage {
        switch self {
        case .any(let message): try message.encoded(on: chain)
        case .grant(let pairing, let cap):
            try ScenarioError.running(nil) { try pairing.specification.authorising(cap) }
        case .revoke(let pairing): try ScenarioError.running(nil) { try pairing.specification.revoking() }
        case .recommend(let pairing):
            try ScenarioError.running(nil) { try PairingSetup(pairing.specification).recommendation(on: chain) }
        }
    }
}
