import Converter
import ExternalStaking
import ExternalStakingEvents
import Foundation
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting

/// Packets, one at a time.
extension Rehearsal {
    private static let nothingToCarry = "there is no such packet"
    /// A packet is received once, and what was received can't be proven to have timed out.
    private static let hasArrived = "it has arrived before"

    /// - Parameter answer: what the reference answered, where it is the receiver.
    func deliver(_ arguments: Transcript.Arguments, answer: String?) throws -> Performance {
        let key = key(arguments)
        guard cast.has(key.side == "p" ? "c" : "p") else {
            book.acknowledgements[key] = answer.map { Data($0.utf8) }
            return .theirs
        }
        guard let sent = book.packets[key] else { return .remark(Self.nothingToCarry) }
        guard book.acknowledgements[key] == nil else { return .remark(Self.hasArrived) }
        let message = InterchainMessage.with { $0.receivePacket.packet = sent.packet }
        let happening = try key.side == "p" ? consumers[key.consumer].relay(message) : provider.relay(message)
        var performance: Performance = key.side == "p" ? .consumer(happening) : .provider(happening)
        if let acknowledgement = happening.acknowledgement {
            book.acknowledgements[key] = acknowledgement
            performance.acknowledgement = String(decoding: acknowledgement, as: UTF8.self)
        }
        return performance
    }

    func acknowledge(_ arguments: Transcript.Arguments) throws -> Performance {
        let key = key(arguments)
        guard cast.has(key.side) else { return .theirs }
        guard let sent = book.packets[key], let acknowledgement = book.acknowledgements[key] else {
            return .remark(Self.nothingToCarry)
        }
        return try tellSender(
            of: key,
            .with {
                $0.acknowledgePacket.packet = sent.packet
                $0.acknowledgePacket.acknowledgement = acknowledgement
            }
        )
    }

    /// Proves that a packet was not received, if it can't be any more.
    func timeOut(_ arguments: Transcript.Arguments) throws -> Performance {
        let key = key(arguments)
        guard cast.has(key.side) else { return .theirs }
        guard let sent = book.packets[key] else { return .remark(Self.nothingToCarry) }
        guard book.acknowledgements[key] == nil else { return .remark(Self.hasArrived) }
        let time =
            key.side == "p" ? consumers[key.consumer].harness.block.time : provider.harness.block.time
        guard time.nanoseconds >= sent.packet.timeoutTimestamp else { return .remark("refused") }
        return try tellSender(of: key, .with { $0.timeOutPacket.packet = sent.packet })
    }

    /// Closes the provider's end, and has the other end learn of it.
    func close() throws -> Performance {
        var performance = Performance()
        if cast.hasProvider {
            performance.provider = try provider.send(
                .with { $0.close = .init() },
                to: ExternalStaking.self,
                from: .authority
            )
        }
        guard cast.hasConsumer, performance.provider.error == nil else { return performance }
        performance.consumer = try consumers[0].relay(
            .with {
                $0.channelCloseConfirm.portID = ConsumerChain.port
                $0.channelCloseConfirm.channelID = "channel-0"
            }
        )
        return performance
    }

    private func tellSender(of key: PacketBook.Key, _ message: InterchainMessage) throws -> Performance {
        key.side == "p"
            ? .provider(try provider.relay(message)) : .consumer(try consumers[key.consumer].relay(message))
    }

    private func key(_ arguments: Transcript.Arguments) -> PacketBook.Key {
        PacketBook.Key(side: arguments.side ?? "", consumer: arguments.c ?? 0, sequence: arguments.seq ?? 0)
    }
}
