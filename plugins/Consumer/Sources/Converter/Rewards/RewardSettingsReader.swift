import ConverterEvents
import IBC
import ModuleKit

/// Reads how rewards go to the provider.
///
///     { "route": "ics20-memo", "transfer": "transfer", "channel": "channel-1", "denom": "stake", "timeout": "1h" }
///
/// The route is `ics20-memo`, `ics20-control` or `held`; the first two need a transfer instance and its channel on this chain.
/// `held` may name them, too: what is held follows a pairing that is over through them. The denomination is the bond
/// denomination where nothing else is said.
struct RewardSettingsReader {
    let reader: SettingsReader

    static let timeoutDefault = TimeSpan.hours(1)

    private static let routes: [String: ConverterRewardRoute] = [
        "ics20-memo": .ics20Memo, "ics20-control": .ics20Control, "held": .held,
    ]

    func read(_ field: JSONField) throws(ModuleError) -> ConverterRewardSettings {
        var settings = ConverterRewardSettings.with { $0.timeoutNanoseconds = Self.timeoutDefault.nanoseconds }
        for (name, member) in try field.members() {
            switch name {
            case "route": settings.route = try route(member)
            case "transfer": settings.transfer = try reader.reference(member)
            case "channel": settings.channelID = try channel(member)
            case "denom": settings.denom = try member.denom().text
            case "timeout": settings.timeoutNanoseconds = try reader.packetTimeout(member).nanoseconds
            default:
                throw SettingsReader.notAllowed(
                    member,
                    "rewards have no such setting: use route, transfer, channel, denom or timeout"
                )
            }
        }
        guard settings.route != .unspecified else {
            throw SettingsReader.notAllowed(field, "say by which route rewards go: ics20-memo, ics20-control or held")
        }
        let isComplete = !settings.transfer.isEmpty && !settings.channelID.isEmpty
        let isBare = settings.transfer.isEmpty && settings.channelID.isEmpty
        guard isComplete || (isBare && settings.route == .held) else {
            throw SettingsReader.notAllowed(
                field,
                "a transfer instance and its channel belong together, and both ics20 routes need them: set transfer and channel"
            )
        }
        return settings
    }

    private func route(_ field: JSONField) throws(ModuleError) -> ConverterRewardRoute {
        guard let route = Self.routes[try field.string()] else {
            throw SettingsReader.notAllowed(field, "there is no such route: use ics20-memo, ics20-control or held")
        }
        return route
    }

    private func channel(_ field: JSONField) throws(ModuleError) -> String {
        let text = try field.string()
        do throws(IBCError) {
            return try ChannelID(text).text
        } catch {
            throw SettingsReader.notAllowed(field, error.message)
        }
    }
}
