import MeshSandbox
import ModuleKit

/// The channel, the pair on the consumer, and who has power over what.
extension PairingVerification {
    /// Open at both ends, each naming the other, without an order, and the only one that was ever open.
    var channel: PairingPoint {
        let title = "the channel is open, unordered, and the only one ever"
        var troubles: [String] = []
        var open: [EndReport.Channel] = []
        for report in [provider, consumer] {
            // Handshakes that got nowhere block nobody, and anyone can begin one.
            let channels = report.channels.filter { $0.state == "open" || $0.state == "closed" }
            guard let channel = channels.first(where: { $0.state == "open" }) else {
                troubles.append(
                    channels.isEmpty
                        ? "\(report.end.label) has no channel yet: let a relayer open one from the Converter"
                        : "the channel of \(report.end.label) is closed for good: the pairing is over"
                )
                continue
            }
            open.append(channel)
            if channel.ordering != "unordered" { troubles.append("\(channel.id) keeps the order of packets") }
            if channels.count > 1 {
                troubles.append("\(report.end.label) has had \(channels.count) channels, and may have one ever")
            }
        }
        if open.count == 2 {
            for (near, far, end) in [(open[0], open[1], consumer.end), (open[1], open[0], provider.end)]
            where near.farChannel != far.id || near.farPort != end.port {
                troubles.append(
                    "\(near.id) leads to \(near.farPort)/\(near.farChannel), and not to \(end.port)/\(far.id)"
                )
            }
        }
        return PairingPoint(
            "channel",
            title,
            troubles: troubles,
            else: open.map(\.id).joined(separator: " on the provider, ") + " on the consumer"
        )
    }

    /// Both ends of the channel say the same version, and speak it.
    var version: PairingPoint {
        let title = "both ends speak one version"
        let said = [provider, consumer].compactMap { $0.channels.first { $0.state == "open" }?.version }
        let ranges = [provider, consumer].map { "\($0.end.minimumVersion) to \($0.end.maximumVersion)" }
        guard said.count == 2 else {
            let isPossible = ranges[0] == ranges[1]
            return PairingPoint(
                "version",
                title,
                isPossible ? .unknown : .no,
                "without an open channel nothing is agreed; the provider speaks \(ranges[0]), the consumer \(ranges[1])"
            )
        }
        return PairingPoint(
            "version",
            title,
            troubles: said[0] == said[1] ? [] : ["the provider's end says \(said[0]), the consumer's \(said[1])"],
            else: said[0]
        )
    }

    /// Converter and Virtual Staking name each other, and there is a price feed.
    var pair: PairingPoint {
        var troubles: [String] = []
        let staking = consumer.instance(.virtualStaking)
        if staking?.module != PairingRole.virtualStaking.module {
            troubles.append("\(consumer.end.label) names no Virtual Staking: the deployer sets virtual_staking")
        } else if let paired = consumer.consumer?.pairedConverter, paired != consumer.end.label {
            troubles.append(
                "\(staking?.label ?? "") names \(paired.isEmpty ? "no converter" : paired), and not \(consumer.end.label): "
                    + "both have to name each other"
            )
        }
        if consumer.instance(.priceFeed)?.module != PairingRole.priceFeed.module {
            troubles.append("\(consumer.end.label) names no Price feed: the deployer sets price_feed")
        }
        return PairingPoint(
            "pair",
            "the pair on the consumer is complete",
            troubles: troubles,
            else:
                "\(consumer.end.label) and \(staking?.label ?? ""), with \(consumer.instance(.priceFeed)?.label ?? "")"
        )
    }

    /// No deployer has power any more.
    func admins(_ report: EndReport) -> PairingPoint {
        let held = report.instances.filter { !$0.admin.isEmpty && $0.admin != report.chain.authority }
        let passed = report.instances.filter { !$0.admin.isEmpty }
        return PairingPoint(
            "\(report.side.rawValue)_admins",
            "nobody but governance can change the \(report.side.rawValue)'s instances",
            troubles: held.map {
                "\($0.label) is administered by \($0.admin): he clears it, or passes it to the chain's authority"
            },
            else: passed.isEmpty
                ? "nobody can" : "\(passed.map(\.label).joined(separator: ", ")): the chain's authority; others: nobody"
        )
    }

    /// Virtual Staking may mint, and no more than all together may.
    var grant: PairingPoint {
        let title = "the consumer lets the pairing mint, up to a cap"
        guard let cap = consumer.consumer?.cap, !cap.isZero else {
            return PairingPoint(
                "grant",
                title,
                .no,
                "Virtual Staking holds no grant with a cap above zero: the consumer's authority grants "
                    + PairingSpecification.mintPrivilege
            )
        }
        let text = "\(cap.description.groupingDigits) \(consumer.chain.bondDenom)"
        guard let total = consumer.consumer?.totalCap else {
            return PairingPoint("grant", title, .yes, "\(text); nothing bounds all grants together")
        }
        return PairingPoint(
            "grant",
            title,
            troubles: cap <= total ? [] : ["\(text) is above the total of all grants, \(total)"],
            else: "\(text), of \(total.description.groupingDigits) for all pairings together"
        )
    }
}
