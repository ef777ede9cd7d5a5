import ControlChannel
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit

extension ConverterChannel {
    /// Whether packets can go through it.
    var isOpen: Bool { closedHeight == 0 }

    /// The end on this chain.
    ///
    /// - Parameter settings: they name the port.
    func end(_ settings: ConverterSettings) throws(ModuleError) -> ChannelEndID {
        try ModuleError.wrapping { () throws(IBCError) in
            ChannelEndID(port: try PortID(settings.portID), channel: try ChannelID(channelID))
        }
    }

    /// The version that both ends speak.
    func controlVersion() throws(ModuleError) -> ControlVersion { ControlVersion(try Version(version)) }
}

extension ConverterSettings {
    /// The versions that the instance speaks.
    func versions() throws(ModuleError) -> ControlVersionRange {
        try ControlVersionRange(
            minimum: ControlVersion(try Version(minimumVersion)),
            maximum: ControlVersion(try Version(maximumVersion))
        )
    }
}
