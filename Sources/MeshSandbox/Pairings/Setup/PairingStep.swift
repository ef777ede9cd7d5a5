/// A step of setting up a pairing, as the source document has them. (Spec section 2.)
public enum PairingStep: Sendable, Hashable {
    /// Relayers connect the two chains: clients, a connection, and a channel for tokens.
    case connect
    /// The deployer puts these instances on a chain.
    case deploy(PairingSide, [PairingRole])
    /// The deployer tells an end of the channel where the other end is.
    case introduce(PairingSide)
    /// Anyone opens the channel, beginning at the Converter.
    case openChannel
    /// The deployer gives up its power over these instances.
    case handOver(PairingSide, [PairingRole])
    /// The consumer's authority lets Virtual Staking mint.
    case authorise
    /// The provider's authority puts External Staking on the chain's recommended list.
    case recommend

    /// The chain on which it is done; nil for what needs both.
    public var side: PairingSide? {
        switch self {
        case .deploy(let side, _), .introduce(let side), .handOver(let side, _): side
        case .connect, .openChannel: nil
        case .authorise: .consumer
        case .recommend: .provider
        }
    }
}

extension PairingSpecification {
    /// What is done in a step, in words, with nobody who does it: `deploys External Staking for the Converter`.
    public func purpose(of step: PairingStep) -> String {
        switch step {
        case .connect: "opens clients, a connection and a channel for tokens"
        case .deploy(.consumer, let roles): "deploys \(roles.listed)"
        case .deploy(.provider, let roles): "deploys \(roles.listed) for the Converter"
        case .introduce(.consumer): "tells the Converter where External Staking is"
        case .introduce(.provider): "tells External Staking where the Converter is"
        case .openChannel: "opens the channel, beginning at the Converter"
        case .handOver:
            switch handover {
            case .nobody: "gives up its power over the pairing"
            case .authority: "passes its power over the pairing to the chain's authority"
            }
        case .authorise: "lets Virtual Staking mint" + (cap.map { " up to \($0)" } ?? "")
        case .recommend: "recommends External Staking to the chain's users"
        }
    }
}

extension [PairingRole] {
    /// `Price feed, Converter and Virtual Staking`.
    fileprivate var listed: String {
        let titles = map(\.title)
        guard let last = titles.last, titles.count > 1 else { return titles.first ?? "nothing" }
        return titles.dropLast().joined(separator: ", ") + " and " + last
    }
}
