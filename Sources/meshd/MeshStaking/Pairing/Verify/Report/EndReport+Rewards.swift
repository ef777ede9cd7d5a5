import ConverterEvents
import ExternalStakingEvents
import IBC
import MeshHost
import MeshSandbox
import ModuleKit
import StakingEvents
import TransferEvents

/// How an end has rewards go.
extension EndReport {
    /// The way of rewards, as an end was told.
    struct Rewards: Sendable, Hashable {
        /// `ics20-memo`, `ics20-control` or `held`.
        var route: String
        /// What rewards are, as the consumer calls it.
        var denom: String
        /// How long a packet of the end may take: one with rewards, or one with an order to pay.
        var timeout: TimeSpan
        /// The channel for tokens; nil where none was named.
        var channel: Channel?
    }
}

extension EndReport.Rewards {
    /// How rewards go on an end of the provider; nil where that was not said.
    init?(_ settings: ExternalStakingSettings, _ chain: ChainView) throws(CommandError) {
        guard settings.hasRewards else { return nil }
        let rewards = settings.rewards
        route = rewards.route.route?.rawValue ?? "unknown"
        denom = settings.rewardsDenom
        timeout = TimeSpan(nanoseconds: rewards.timeout)
        // The one in force is the last; others are of former settings.
        channel = try rewards.sources.last.map { (source) throws(CommandError) in
            try EndReport.Channel(transfer: source.transfer, source.channelID, chain)
        }
    }

    /// How rewards go on an end of the consumer; nil where that was not said.
    init?(_ settings: ConverterSettings, _ chain: ChainView) throws(CommandError) {
        guard settings.hasRewards else { return nil }
        let rewards = settings.rewards
        route = rewards.route.route?.rawValue ?? "unknown"
        denom =
            rewards.denom.isEmpty ? try chain.staking { $0.parameters = .init() }.parameters.bondDenom : rewards.denom
        timeout = TimeSpan(nanoseconds: rewards.timeoutNanoseconds)
        channel =
            rewards.channelID.isEmpty
            ? nil : try EndReport.Channel(transfer: rewards.transfer, rewards.channelID, chain)
    }

    /// The report's member as a file.
    var document: JSONValue {
        [
            "route": .string(route), "denom": .string(denom), "timeout": .string(timeout.description),
            "channel": channel?.document ?? .null,
        ]
    }

    init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers(["route", "denom", "timeout", "channel"])
        route = try field["route"].string()
        denom = try field["denom"].string()
        timeout = try field["timeout"].timeSpan()
        channel = try field["channel"].optional.map { (field) throws(ModuleError) in try EndReport.Channel(field) }
    }
}

extension EndReport.Channel {
    /// A channel of a transfer instance, by the instance's label or address.
    fileprivate init(transfer reference: String, _ channel: String, _ chain: ChainView) throws(CommandError) {
        let instance = try chain.instance(reference)
        let found = try CommandError.wrapping {
            let settings = try chain.host.query(TransferQuery.with { $0.settings = .init() }, of: instance.label)
                .settings
            return ChannelEndID(port: try PortID(settings.portID), channel: try ChannelID(channel))
        }
        self.init(try ChannelRow(try chain.channel(found)))
    }
}

extension ExternalStakingRewardRoute {
    /// The route; nil for one that this program does not know.
    fileprivate var route: RewardRoute? {
        switch self {
        case .ics20Memo: .ics20Memo
        case .ics20Control: .ics20Control
        case .held: .held
        case .unspecified, .UNRECOGNIZED: nil
        }
    }
}

extension ConverterRewardRoute {
    /// The route; nil for one that this program does not know.
    fileprivate var route: RewardRoute? {
        switch self {
        case .ics20Memo: .ics20Memo
        case .ics20Control: .ics20Control
        case .held: .held
        case .unspecified, .UNRECOGNIZED: nil
        }
    }
}
