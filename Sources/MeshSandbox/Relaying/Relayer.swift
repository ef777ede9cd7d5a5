import Foundation
import IBC
import InterchainEvents
import MeshHost
import ModuleKit

/// Carries messages between chains: it looks at what is public, and submits transactions that anyone could submit.
///
/// It has an account of its own, of its name, on every chain, and no other means. While transactions of it wait on a chain it
/// submits nothing more there, so that what is lost or late is simply planned again from what the chains then show.
public final class Relayer {
    /// Its name, and that of its accounts.
    public let name: String
    private var links: [RelayLink] = []

    init(_ name: String) { self.name = name }

    /// Its paths, as far as they have been opened, in the order in which they were added.
    public var paths: [RelayPath] { links.map(\.path) }

    /// The packets that it knows of and that are not settled yet.
    public var packetsUnderWay: [Delivery.PacketID] {
        links.flatMap { $0.forth.packets + $0.back.packets }.map(\.id)
    }

    /// The path of a name; nil when it serves none.
    public func path(named name: String) -> RelayPath? { paths.first { $0.name == name } }

    /// Changes how a path delivers, for packets that are sent from now on.
    ///
    /// - Throws: `wrongName` when it serves no such path.
    public func setPolicy(_ policy: DeliveryPolicy, ofPath name: String) throws(SandboxError) {
        guard let index = links.firstIndex(where: { $0.path.name == name }) else {
            throw SandboxError(.wrongName, "the relayer '\(self.name)' serves no path '\(name)': name one that it does")
        }
        links[index].path.policy = policy
    }

    /// Forgets everything but which paths it serves, as a relayer does that is started anew: the rest is public.
    public func restart() {
        links = links.map { link in
            RelayLink(RelayPath(restarting: link.path))
        }
    }

    func add(_ path: RelayPath) { links.append(RelayLink(path)) }

    /// Looks at the chains and submits what is due.
    func work(
        among chains: [SandboxChain],
        step: UInt64,
        using generator: inout SplitMix64,
        claims: inout ChannelClaims,
        _ report: inout StepReport
    ) throws(SandboxError) {
        var views: [PublicState] = []
        for chain in chains where chain.isUp { views.append(try PublicState(chain)) }
        var plans: [[RelayMessage]] = []
        for index in links.indices {
            let path = links[index].path
            guard let first = views.first(where: { $0.chainID == path.first.chainID }),
                let second = views.first(where: { $0.chainID == path.second.chainID })
            else {
                report.obstacles.append("path '\(path.name)': a chain is down")
                plans.append([])
                continue
            }
            plans.append(
                try links[index].plan(first, second, step: step, using: &generator, claims: &claims, &report)
            )
        }
        let targets = views.filter { !$0.chain.pending.contains { $0.sender == name } }
        let submissions = try targets.concurrentMap { (target) throws(SandboxError) in
            try self.submit(plans.map { $0.filter { $0.delivery.target == target.chainID } }, to: target, views)
        }
        for submission in submissions {
            report.submitted += submission.deliveries
            report.obstacles += submission.obstacles
            for delivery in submission.deliveries {
                for index in links.indices where links[index].path.name == delivery.path { links[index].note(delivery) }
            }
        }
    }

    /// What became of the plans for a chain.
    private struct Submission {
        var deliveries: [Delivery] = []
        var obstacles: [String] = []
    }

    /// Submits what is planned for a chain, path by path.
    ///
    /// Called for several chains at once. Of its own target it asks and changes what it needs; of other chains it reads
    /// what is on disk.
    private func submit(
        _ plans: [[RelayMessage]],
        to target: PublicState,
        _ views: [PublicState]
    ) throws(SandboxError) -> Submission {
        var submission = Submission()
        var messages: [RelayMessage] = []
        var seen: [InterchainMessage] = []
        for message in plans.joined() {
            // Paths share clients and connections, which one of them makes.
            if let handshake = message.message, message.delivery.kind.isShared {
                guard !seen.contains(handshake) else { continue }
                seen.append(handshake)
            }
            messages.append(message)
        }
        let updates = try updates(for: &messages, on: target, views, &submission)
        let batch = try RelayBatch(updates: updates, messages, limits: target.chain.registry.limits)
        for transaction in batch.transactions {
            let deliveries = transaction.map(\.delivery)
            try target.chain.submit(transaction.map(\.message), from: name, deliveries: deliveries)
            submission.deliveries += deliveries
        }
        return submission
    }

    /// The headers that the messages' clients need first. Messages whose client can't be updated are left out.
    private func updates(
        for messages: inout [RelayMessage],
        on target: PublicState,
        _ views: [PublicState],
        _ submission: inout Submission
    ) throws(SandboxError) -> [RelayBatch.Item] {
        var items: [RelayBatch.Item] = []
        var (done, failed): ([ClientID], [ClientID]) = ([], [])
        for message in messages {
            guard let client = message.client, !done.contains(client), !failed.contains(client),
                let source = views.first(where: { $0.chainID == message.delivery.source })
            else { continue }
            do throws(SandboxError) {
                for header in try ClientUpkeep(source: source, target: target).headers(for: client) {
                    items.append(try .update(of: client, header, like: message.delivery))
                }
                done.append(client)
            } catch  where error.code == .notRelayable {
                failed.append(client)
                submission.obstacles.append("path '\(message.delivery.path)': \(error.message)")
            }
        }
        messages.removeAll { $0.client.map(failed.contains) ?? false }
        return items
    }
}

extension RelayBatch.Item {
    /// A further header for a client.
    fileprivate static func update(
        of client: ClientID,
        _ header: TendermintHeader,
        like other: Delivery
    ) throws(SandboxError) -> Self {
        try Self(
            .with {
                $0.updateClient.clientID = client.text
                $0.updateClient.header = Data(header.encoded)
            },
            Delivery(
                path: other.path,
                kind: .updateClient,
                source: other.source,
                target: other.target,
                packet: nil,
                treatment: .prompt
            )
        )
    }
}

extension Delivery.Kind {
    /// Whether it makes something that several paths use.
    fileprivate var isShared: Bool {
        switch self {
        case .createClient, .connectionOpenInit, .connectionOpenTry, .connectionOpenAck, .connectionOpenConfirm: true
        default: false
        }
    }
}
