import ControlChannel
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit

/// How the provider is told: every packet that leaves is a notice, kept until the provider has taken it.
extension Converter {
    /// Sends a packet, if it can be sent now.
    ///
    /// - Returns: the packet's sequence; nil when Interchain refuses it, mostly because the client of the provider is
    ///   expired or
    ///   frozen. Nothing has happened then.
    func trySend(
        _ packet: ConsumerPacket,
        over channel: ConverterChannel,
        lifetime: TimeSpan? = nil,
        _ context: Context
    ) throws(ModuleError) -> UInt64? {
        let data = packet.json(version: try channel.controlVersion())
        return try trySend(data, over: channel, lifetime: lifetime, context)
    }

    /// Sends bytes, if they can be sent now.
    ///
    /// - Parameter lifetime: how long the provider has to receive them; nil for what the settings say.
    func trySend(
        _ data: [UInt8],
        over channel: ConverterChannel,
        lifetime: TimeSpan? = nil,
        _ context: Context
    ) throws(ModuleError) -> UInt64? {
        let settings = try requireSettings(context)
        let lifetime = lifetime ?? TimeSpan(nanoseconds: settings.packetTimeoutNanoseconds)
        let deadline = context.block.time.saturatingAdding(lifetime)
        let timeout = try ModuleError.wrapping { () throws(IBCError) in
            try Timeout(nanosecondsSince1970: deadline.nanoseconds)
        }
        do throws(ModuleError) {
            return try context.send(data, from: try channel.end(settings), timeout: timeout)
        } catch {
            guard !error.isExhaustion else { throw error }
            return nil
        }
    }
}
