import ControlChannel
import ExternalStakingEvents
import IBC
import ModuleKit
import TransferEvents

extension ExternalStakingRewardSettings {
    /// Reads how rewards come, over what is set already.
    ///
    ///     {
    ///       "route": "ics20-memo",          or ics20-control, or held
    ///       "transfer": "transfer",         label or address; not needed where rewards are held
    ///       "channel": "channel-0",         of this chain; likewise
    ///       "timeout": "1h0m0s",            for the consumer, to receive an order of payment
    ///       "consumer_pool": "juno1…"       on the consumer, for held rewards of validators without stake
    ///     }
    ///
    /// Once there is a pairing, a channel that was set stays known: what is on its way over it still counts.
    mutating func read(_ field: JSONField) throws(ModuleError) {
        if timeout == 0 { timeout = TimeSpan.hours(1).nanoseconds }
        var (transfer, channel): (String?, String?)
        for (name, field) in try field.members() {
            switch name {
            case "route": route = try Self.route(field)
            case "transfer": transfer = try field.string()
            case "channel":
                let text = try field.string()
                do throws(IBCError) {
                    channel = try ChannelID(text).text
                } catch {
                    throw field.invalid(error.message)
                }
            case "timeout":
                let lifetime = try field.timeSpan()
                // So the consumer still knows what became of an order when it comes.
                guard (.minutes(1)...TransferRewardsPacket.lifetimeMax).contains(lifetime) else {
                    throw field.invalid("the other chain needs a minute at least, and gets 60 days at most")
                }
                timeout = lifetime.nanoseconds
            case "consumer_pool":
                consumerPool = try field.string()
                guard consumerPool.isEmpty || TransferRewardsPacket.canName(recipient: consumerPool) else {
                    throw field.invalid("name an account of the consumer, of 256 printable ASCII characters at most")
                }
            default:
                throw field.invalid("nothing is known of this: use route, transfer, channel, timeout or consumer_pool")
            }
        }
        if let transfer, let channel {
            add(.with { ($0.transfer, $0.channelID) = (transfer, channel) })
        } else if transfer != nil || channel != nil {
            throw field.invalid("a transfer instance and a channel of this chain go together: name both")
        }
        guard route != .unspecified else { throw field["route"].invalid("name a route") }
        guard route == .held || !sources.isEmpty else {
            throw field["channel"].invalid("name the transfer instance, and the channel over which rewards come")
        }
        guard sources.count < ExternalStaking.rewardKindsMax else {
            throw field["channel"].invalid("rewards have come over as many other channels as are ever known: keep one")
        }
    }

    private mutating func add(_ source: ExternalStakingVoucherSource) {
        let known = sources.first { $0.transfer == source.transfer && $0.channelID == source.channelID }
        sources.removeAll { $0 == known }
        sources.append(known ?? source)
    }

    /// Knows channels of before, behind those that are named now.
    mutating func add(formerly former: [ExternalStakingVoucherSource]) {
        sources = former + sources
        keepLatestSources()
    }

    /// Leaves each kind of voucher once, where it was named last: an instance has a label and an address.
    fileprivate mutating func keepLatestSources() {
        var latest: [ExternalStakingVoucherSource] = []
        for source in sources.reversed() where !latest.contains(where: { $0.denom == source.denom }) {
            latest.append(source)
        }
        sources = latest.reversed()
    }

    private static func route(_ field: JSONField) throws(ModuleError) -> ExternalStakingRewardRoute {
        switch try field.string() {
        case "ics20-memo": .ics20Memo
        case "ics20-control": .ics20Control
        case "held": .held
        default: throw field.invalid("a route is ics20-memo, ics20-control or held")
        }
    }
}

extension ExternalStakingSettings {
    /// Finds out what the bank calls the vouchers of the rewards' channels.
    ///
    /// - Throws: `invalidExternalStakingSetting` for a transfer instance that is none, or a reward denomination whose vouchers
    ///   have no name.
    mutating func nameVouchers(_ context: ExternalStaking.Context) throws(ModuleError) {
        guard hasRewards else { return }
        for index in rewards.sources.indices {
            let source = rewards.sources[index]
            guard let transfer = context.instance(named: source.transfer), transfer.module == "transfer" else {
                throw ModuleError(
                    .invalidExternalStakingSetting,
                    "\(source.transfer) is no transfer instance of this chain: deploy it, or name another one"
                )
            }
            let port = try context.ask(TransferQuery.with { $0.settings = .init() }, of: transfer.number).settings
                .portID
            rewards.sources[index].portID = port
            do throws(IBCError) {
                let end = ChannelEndID(port: try PortID(port), channel: try ChannelID(source.channelID))
                let trace = try DenominationTrace(hops: [end], base: rewardsDenom)
                rewards.sources[index].denom = trace.denomination
            } catch {
                throw ModuleError(.invalidExternalStakingSetting, "rewards can't come as vouchers: \(error.message)")
            }
        }
        rewards.keepLatestSources()
    }
}
