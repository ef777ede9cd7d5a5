import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import ModuleKit

/// Reads a configuration over settings that are there already.
struct SettingsReader {
    private(set) var settings: ExternalStakingSettings

    init(_ settings: ExternalStakingSettings) { self.settings = settings }

    /// - Parameter isFirst: whether all that has no default is needed.
    mutating func read(_ configuration: JSONField, isFirst: Bool) throws(ModuleError) {
        for (name, field) in try configuration.members() { try read(name, field) }
        guard isFirst else { return }
        for name in ["vault", "rewards_denom", "unbonding_period", "slash_ratio"] {
            _ = try configuration[name].required()
        }
    }

    private mutating func read(_ name: String, _ field: JSONField) throws(ModuleError) {
        switch name {
        case "vault":
            settings.vault = try field.string()
            guard (1...128).contains(settings.vault.utf8.count) else {
                throw field.invalid("name the vault by its label or its address")
            }
        case "rewards_denom": settings.rewardsDenom = try field.denom().text
        case "unbonding_period":
            settings.unbondingPeriod = try field.timeSpan().nanoseconds
            guard settings.unbondingPeriod > 0, settings.unbondingPeriod <= UInt64(Int64.max) else {
                throw field.invalid("stake unbonds for longer than no time, and less than 292 years")
            }
        case "slash_ratio": try readRatio(field)
        case "remote_endpoint": try readEndpoint(field)
        case "versions":
            let versions = try ControlVersionRange(setting: field)
            settings.minimumVersion = versions.minimum.description
            settings.maximumVersion = versions.maximum.description
        case "minimum_stake":
            let minimum = try field.amount()
            guard !minimum.isZero else { throw field.invalid("a stake is above zero; name at least 1") }
            settings.minimumStake = minimum.description
        case "packet_timeout":
            settings.packetTimeout = try field.timeSpan().nanoseconds
            guard settings.packetTimeout >= TimeSpan.minutes(1).nanoseconds,
                settings.packetTimeout <= TimeSpan.days(60).nanoseconds
            else { throw field.invalid("the other chain needs a minute at least, and gets 60 days at most") }
        case "validators_max": settings.validatorsMax = try field.count(upTo: 65_536)
        case "keys_max": settings.keysMax = try field.count(upTo: UInt32(clamping: ValidatorRecord.namingsMax))
        case "clock_drift":
            settings.clockDrift = try field.timeSpan().nanoseconds
            guard settings.clockDrift <= TimeSpan.hours(1).nanoseconds else {
                throw field.invalid("clocks that are apart by more than an hour date nothing; name an hour at most")
            }
        case "bounty":
            let bounty = try field.decimal()
            guard bounty <= .percent(10) else {
                throw field.invalid("evidence earns a tenth of what is slashed at most; name at most 0.1")
            }
            settings.bounty = bounty.shortDescription
        case "rewards": try settings.rewards.read(field)
        default:
            throw ModuleError(
                .invalidArgument,
                "an external staking has no setting at \(field.path): use vault, rewards_denom, unbonding_period, "
                    + "slash_ratio, remote_endpoint, versions, minimum_stake, packet_timeout, validators_max, keys_max, "
                    + "clock_drift, bounty or rewards"
            )
        }
    }

    private mutating func readRatio(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers(["double_sign", "offline"])
        for name in ["double_sign", "offline"] {
            let ratio = try field[name].decimal()
            guard ratio <= .one else {
                throw ModuleError(
                    .invalidExternalStakingSetting,
                    "\(field[name].path) is \(ratio): nobody loses more than all, which is 1"
                )
            }
            if name == "double_sign" {
                settings.slashRatio.doubleSign = ratio.description
            } else {
                settings.slashRatio.offline = ratio.description
            }
        }
    }

    private mutating func readEndpoint(_ field: JSONField) throws(ModuleError) {
        guard field.optional != nil else {
            settings.clearRemoteEndpoint()
            return
        }
        try field.requireMembers(["connection", "port"])
        let (connection, port) = (try field["connection"].string(), try field["port"].string())
        do throws(IBCError) {
            settings.remoteEndpoint.connectionID = try ConnectionID(connection).text
            settings.remoteEndpoint.portID = try PortID(port).text
        } catch {
            throw field.invalid(error.message)
        }
    }
}

extension JSONField {
    /// Checks that an object has these members and no others.
    func requireMembers(_ names: [String]) throws(ModuleError) {
        for (name, member) in try members() where !names.contains(name) {
            throw member.invalid("nothing is known of this: leave it out")
        }
        for name in names { _ = try self[name].required() }
    }

    /// A number from 1 on.
    fileprivate func count(upTo limit: UInt32) throws(ModuleError) -> UInt32 {
        let count = try integer(as: UInt32.self)
        guard (1...limit).contains(count) else { throw invalid("this is from 1 to \(limit); choose such a number") }
        return count
    }
}
