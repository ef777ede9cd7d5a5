import ControlChannel
import ConverterEvents
import IBC
import ModuleKit

/// Reads a configuration over settings that are there already.
struct SettingsReader {
    /// The shortest and the longest time that the provider has to receive a packet.
    static let packetTimeouts = TimeSpan.minutes(1)...TimeSpan.days(30)

    func read(_ configuration: JSONValue, over old: ConverterSettings) throws(ModuleError) -> ConverterSettings {
        var settings = old
        for (name, field) in try JSONField(configuration).members() { try read(name, field, into: &settings) }
        return settings
    }

    private func read(_ name: String, _ field: JSONField, into settings: inout ConverterSettings) throws(ModuleError) {
        switch name {
        case "price_feed": settings.priceFeed = try reference(field)
        case "virtual_staking": settings.virtualStaking = try reference(field)
        case "remote_denom": settings.remoteDenom = try field.denom().text
        case "discount": settings.discount = try discount(field)
        case "remote_endpoint": settings.remoteEndpoint = try endpoint(field)
        case "versions":
            let versions = try ControlVersionRange(setting: field)
            settings.minimumVersion = versions.minimum.description
            settings.maximumVersion = versions.maximum.description
        case "packet_timeout": settings.packetTimeoutNanoseconds = try packetTimeout(field).nanoseconds
        case "rewards": settings.rewards = try RewardSettingsReader(reader: self).read(field)
        default:
            throw ModuleError(
                .converterSettingNotAllowed,
                "a converter has no setting at \(field.path): use price_feed, virtual_staking, remote_denom, discount, "
                    + "remote_endpoint, versions, packet_timeout or rewards"
            )
        }
    }

    func reference(_ field: JSONField) throws(ModuleError) -> String {
        let text = try field.string()
        guard (1...Self.referenceBytesMax).contains(text.utf8.count) else {
            throw Self.notAllowed(field, "name an instance by its label or its address")
        }
        return text
    }

    private func discount(_ field: JSONField) throws(ModuleError) -> String {
        let discount = try field.decimal()
        guard discount < .one else {
            throw Self.notAllowed(field, "a discount of 1 or more leaves nothing: give one from 0 to below 1")
        }
        return discount.description
    }

    private func endpoint(_ field: JSONField) throws(ModuleError) -> ConverterEndpoint {
        for (name, member) in try field.members() where name != "connection" && name != "port" {
            throw Self.notAllowed(member, "an endpoint is a connection and a port; leave this out")
        }
        let connection = try field["connection"].string()
        let port = try field["port"].string()
        do throws(IBCError) {
            return try .with(connection: ConnectionID(connection), port: PortID(port))
        } catch {
            throw Self.notAllowed(field, error.message)
        }
    }

    func packetTimeout(_ field: JSONField) throws(ModuleError) -> TimeSpan {
        let span = try field.timeSpan()
        guard Self.packetTimeouts.contains(span) else {
            throw Self.notAllowed(
                field,
                "a packet has from \(Self.packetTimeouts.lowerBound) to \(Self.packetTimeouts.upperBound) to arrive"
            )
        }
        return span
    }

    private static let referenceBytesMax = 128

    static func notAllowed(_ field: JSONField, _ message: String) -> ModuleError {
        ModuleError(.converterSettingNotAllowed, "\(field.path): \(message)")
    }
}

extension ConverterEndpoint {
    fileprivate static func with(connection: ConnectionID, port: PortID) -> Self {
        .with {
            $0.connectionID = connection.text
            $0.portID = port.text
        }
    }
}
