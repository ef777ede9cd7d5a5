import CometBFTProtobuf
import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// How each lie is told.
extension Forgery {
    /// A lie about a packet on its way; nil where this one can't be told now.
    func reception(
        of packet: Packet,
        _ truth: InterchainMessage,
        _ delivery: Delivery,
        _ route: PacketRoute,
        using generator: inout SplitMix64
    ) throws(SandboxError) -> RelayMessage? {
        var (message, delivery, client) = (truth, delivery, route.targetClient)
        delivery.treatment = .forged(self)
        switch self {
        case .proof: message.receivePacket.proofCommitment.flipBit(using: &generator)
        case .packet: message.receivePacket.packet.data.flipBit(using: &generator)
        case .height: message.receivePacket.proofHeight.revisionHeight &-= 1
        case .acknowledgement: return nil
        case .timeout:
            guard try !route.hasElapsed(packet), let early = try route.timeout(of: packet, isClosed: false) else {
                return nil
            }
            (message, client) = (early.message, route.sourceClient)
            delivery = Delivery(
                path: delivery.path,
                kind: .timeOutPacket,
                source: delivery.target,
                target: delivery.source,
                packet: delivery.packet,
                treatment: delivery.treatment
            )
        case .header:
            guard let id = route.targetClient else { return nil }
            let upkeep = ClientUpkeep(source: route.source, target: route.target)
            guard let header = try upkeep.headers(for: id).last else { return nil }
            var lie = header.protobuf
            lie.signedHeader.header.appHash.flipBit(using: &generator)
            let bytes = try SandboxError.relaying("a forged header") { try lie.encodedBytes() }
            message = .with {
                $0.updateClient.clientID = id.text
                $0.updateClient.header = Data(bytes)
            }
            client = nil
            delivery = Delivery(
                path: delivery.path,
                kind: .updateClient,
                source: delivery.source,
                target: delivery.target,
                packet: delivery.packet,
                treatment: delivery.treatment
            )
        }
        return RelayMessage(message, delivery, proving: client, isAlone: true)
    }

    /// A lie about what was answered; nil where this one is about something else.
    func acknowledgement(
        _ truth: InterchainMessage,
        _ delivery: Delivery,
        proving client: ClientID?,
        using generator: inout SplitMix64
    ) -> RelayMessage? {
        var (message, delivery) = (truth, delivery)
        delivery.treatment = .forged(self)
        switch self {
        case .proof: message.acknowledgePacket.proofAcknowledged.flipBit(using: &generator)
        case .packet: message.acknowledgePacket.packet.data.flipBit(using: &generator)
        case .height: message.acknowledgePacket.proofHeight.revisionHeight &-= 1
        case .acknowledgement: message.acknowledgePacket.acknowledgement.flipBit(using: &generator)
        case .timeout, .header: return nil
        }
        return RelayMessage(message, delivery, proving: client, isAlone: true)
    }
}

extension Data {
    /// Turns one bit over, by chance. Nothing happens to no bytes.
    fileprivate mutating func flipBit(using generator: inout SplitMix64) {
        guard !isEmpty else { return }
        let offset = Int.random(in: 0..<count, using: &generator)
        self[index(startIndex, offsetBy: offset)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    }
}
