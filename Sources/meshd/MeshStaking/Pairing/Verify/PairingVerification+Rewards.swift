import MeshSandbox
import ModuleKit

/// What rewards are, and how they go.
extension PairingVerification {
    /// Both ends mean the same coin.
    func rewards(_ terms: EndReport.Provider) -> PairingPoint {
        let (name, title) = ("rewards", "rewards are in the consumer's coin")
        if let paid = consumer.rewards?.denom, paid != terms.rewardsDenom {
            return PairingPoint(
                name,
                title,
                .no,
                "\(terms.rewardsDenom) is expected, and the Converter passes on \(paid): deploy an end that takes it"
            )
        }
        let isBonded = terms.rewardsDenom == consumer.chain.bondDenom
        return PairingPoint(
            name,
            title,
            isBonded ? .yes : .unknown,
            isBonded
                ? terms.rewardsDenom
                : "\(terms.rewardsDenom) is expected, and \(consumer.chain.chainID) bonds \(consumer.chain.bondDenom): make sure "
                    + "that it pays in that coin"
        )
    }

    /// Both ends have rewards go the same way, over the same channel.
    var rewardsRoute: PairingPoint {
        let (name, title) = ("rewards_route", "rewards go one way, over one channel")
        guard let ours = provider.rewards, let theirs = consumer.rewards else {
            let lacking = [provider, consumer].filter { $0.rewards == nil }.map(\.end.label)
            let text = "\(lacking.joined(separator: " and ")) \(lacking.count == 1 ? "was" : "were") not told"
            guard lacking.count == 1 else {
                return PairingPoint(name, title, .unknown, "\(text): rewards wait at the Converter until both are")
            }
            return PairingPoint(name, title, .no, "\(text), and the other end was: set `rewards` at both")
        }
        var troubles: [String] = []
        if ours.route != theirs.route {
            troubles.append("the provider expects \(ours.route), and the consumer goes by \(theirs.route)")
        }
        troubles += channelTroubles(ours, theirs)
        var text = ours.route
        if let near = ours.channel, let far = theirs.channel {
            text += " over \(near.id) on the provider, \(far.id) on the consumer"
        }
        return PairingPoint(name, title, troubles: troubles, else: "\(text), \(theirs.timeout.inWords) to arrive")
    }

    private func channelTroubles(_ ours: EndReport.Rewards, _ theirs: EndReport.Rewards) -> [String] {
        guard let near = ours.channel, let far = theirs.channel else {
            if ours.channel == nil, theirs.channel == nil, ours.route == RewardRoute.held.rawValue { return [] }
            return ["\((ours.channel == nil ? provider : consumer).end.label) names no channel for tokens"]
        }
        var troubles: [String] = []
        for (channel, report) in [(near, provider), (far, consumer)] {
            if channel.state != "open" {
                troubles.append("\(channel.id) of \(report.chain.chainID) is \(channel.state)")
            }
            if let connection = report.connection, channel.connection != connection.id {
                troubles.append(
                    "\(channel.id) of \(report.chain.chainID) goes over \(channel.connection), and the pairing over \(connection.id)"
                )
            }
        }
        if near.farChannel != far.id || far.farChannel != near.id {
            troubles.append(
                "the provider takes rewards over \(near.id), which leads to \(near.farChannel), and the consumer sends them over "
                    + "\(far.id), which leads to \(far.farChannel)"
            )
        }
        return troubles
    }
}
