import ConverterEvents
import IBC
import MeshHost
import MeshSandbox
import ModuleKit

/// What is left to do to set up a pairing, and the commands that do it.
///
/// Which steps are missing is `PairingProgress`'s answer, the same by which sandboxes set up theirs.
struct PairingPlan {
    /// A chain, and where its home is.
    struct Side {
        let home: Home
        let chain: ChainView

        init(_ home: Home, _ chain: ChainView) { (self.home, self.chain) = (home, chain) }
    }

    let specification: PairingSpecification
    let steps: [PairingStep]
    let terms: PairingTermsOptions
    let connection: PairingConnection?
    private let sides: [PairingSide: Side]

    /// Looks at both chains.
    ///
    /// - Throws: `badInput` when the pairing is over, a label belongs to another module, the connection is none or can't be
    ///   told among several, or the provider has no vault.
    init(
        _ name: String,
        provider: Side,
        consumer: Side,
        _ terms: PairingTermsOptions,
        connection wanted: String?,
        transferChannel: String?
    ) throws(CommandError) {
        self.terms = terms
        sides = [.provider: provider, .consumer: consumer]
        let (ours, theirs) = (provider.chain.host, consumer.chain.host)
        let all = try CommandError.wrapping { try PairingConnection.all(provider: ours, consumer: theirs) }
        let specification = try terms.specification(name, provider: provider.chain, consumer: consumer.chain)
        var chosen = try Self.choose(all, wanted, specification, consumer.chain)
        if let found = chosen, specification.rewardsRoute != nil {
            let channels = try CommandError.wrapping {
                try PairingTransferChannel.all(over: found, provider: ours, consumer: theirs)
            }
            chosen?.transfer = try Self.choose(channels, transferChannel, specification, consumer.chain)
        }
        let progress = try CommandError.wrapping {
            try PairingProgress(of: specification, over: chosen, provider: ours, consumer: theirs)
        }
        guard !progress.isOver else {
            throw CommandError(
                .badInput,
                "the channel of \(name) was closed, and a pairing is never opened again: plan one of another name"
            )
        }
        (self.specification, connection, steps) = (specification, chosen, progress.steps)
    }

    func side(_ side: PairingSide) throws(CommandError) -> Side {
        guard let found = sides[side] else {
            throw CommandError(.badInput, "the \(side.rawValue)'s home is missing: name it with --\(side.rawValue)")
        }
        return found
    }

    /// The connection that is named, or set up already, or the only one; nil where there is none.
    private static func choose(
        _ all: [PairingConnection],
        _ wanted: String?,
        _ specification: PairingSpecification,
        _ consumer: ChainView
    ) throws(CommandError) -> PairingConnection? {
        var wanted = wanted
        if wanted == nil, consumer.isDeployed(specification) {
            let settings = try consumer.converter(specification.converter) { $0.settings = .init() }.settings
            if settings.hasRemoteEndpoint { wanted = settings.remoteEndpoint.connectionID }
        }
        return try choose(
            all,
            wanted,
            name: \.consumer.text,
            option: "--connection",
            stranger: "no open connection of \(specification.consumer) to \(specification.provider)",
            several: "connections between \(specification.consumer) and \(specification.provider)"
        )
    }

    /// The channel for tokens that is named, or set up already, or the only one; nil where there is none.
    private static func choose(
        _ all: [PairingTransferChannel],
        _ wanted: String?,
        _ specification: PairingSpecification,
        _ consumer: ChainView
    ) throws(CommandError) -> PairingTransferChannel? {
        var wanted = wanted
        if wanted == nil, consumer.isDeployed(specification) {
            let settings = try consumer.converter(specification.converter) { $0.settings = .init() }.settings
            if settings.hasRewards, !settings.rewards.channelID.isEmpty { wanted = settings.rewards.channelID }
        }
        return try choose(
            all,
            wanted,
            name: \.consumer.channel,
            option: "--transfer-channel",
            stranger: "no open channel for tokens of the pairing's connection",
            several: "channels for tokens over the pairing's connection"
        )
    }

    /// The one that is wanted, or the only one; nil where there is none.
    ///
    /// - Parameters:
    ///   - stranger: what a name is that none has.
    ///   - several: what there are several of.
    private static func choose<Way>(
        _ all: [Way],
        _ wanted: String?,
        name: KeyPath<Way, String>,
        option: String,
        stranger: String,
        several: String
    ) throws(CommandError) -> Way? {
        let list = all.map { $0[keyPath: name] }.joined(separator: ", ")
        if let wanted {
            if let found = all.first(where: { $0[keyPath: name] == wanted }) { return found }
            let remedy = list.isEmpty ? "let a relayer open one" : "name one with \(option), of: \(list)"
            throw CommandError(.badInput, "\(wanted.printable) is \(stranger): \(remedy)")
        }
        guard all.count <= 1 else {
            throw CommandError(
                .badInput,
                "there are several \(several): name the consumer's with \(option), of: \(list)"
            )
        }
        return all.first
    }
}

extension ChainView {
    /// Whether the consumer's end of a pairing is there.
    fileprivate func isDeployed(_ specification: PairingSpecification) -> Bool {
        instances.contains { $0.label == specification.converter && $0.module == PairingRole.converter.module }
    }
}
