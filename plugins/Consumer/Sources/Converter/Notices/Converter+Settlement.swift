import ControlChannel
import ConverterEvents
import Foundation
public import IBC
import InterchainEvents
public import ModuleKit

/// What becomes of packets that were sent. Nobody can veto it, and a packet that nobody here knows of changes nothing.
extension Converter {
    /// The provider has taken a notice, or has refused it; then it is sent again later, as it was.
    public func acknowledged(_ packet: Packet, _ acknowledgement: Acknowledgement, _ context: Context)
        throws(ModuleError)
    {
        if let batch = try batch(of: packet, context) {
            if case .error(let text) = acknowledgement { return try takeBack(batch, text, context) }
            return try settle(batch, context)
        }
        guard let notice = try notice(of: packet, context) else { return }
        switch acknowledgement {
        case .result: try context.emit(.with { $0.noticeAcknowledged.sequence = packet.sequence })
        case .error(let text):
            // The provider may say anything, at any length.
            let said = ModuleError(.invalidArgument, text).recordedMessage
            try takeBack(packet, said, delay: ResendingDelay.afterRefusal(attempts: notice.attempts), context)
        }
    }

    /// The provider has not received a notice: it is sent again, as it was.
    public func timedOut(_ packet: Packet, _ context: Context) throws(ModuleError) {
        if let batch = try batch(of: packet, context) { return try takeBack(batch, nil, context) }
        guard try notice(of: packet, context) != nil else { return }
        try takeBack(packet, "", delay: .zero, context)
    }

    private func batch(of packet: Packet, _ context: Context) throws(ModuleError) -> ConverterBatch? {
        guard try channel.value(in: context)?.channelID == packet.source.channel.text else { return nil }
        return try batch(announcedBy: packet.sequence, context)
    }

    private func notice(of packet: Packet, _ context: Context) throws(ModuleError) -> ConverterNotice? {
        guard try channel.value(in: context)?.channelID == packet.source.channel.text else { return nil }
        return try inFlight.value(for: packet.sequence, in: context)
    }

    private func takeBack(_ packet: Packet, _ error: String, delay: TimeSpan, _ context: Context) throws(ModuleError) {
        let due = context.block.time.saturatingAdding(delay)
        try context.emit(
            .with {
                $0.noticeReturned = .with {
                    $0.sequence = packet.sequence
                    $0.error = error
                    $0.data = Data(packet.data)
                    $0.dueNanoseconds = due.nanoseconds
                }
            }
        )
    }
}
