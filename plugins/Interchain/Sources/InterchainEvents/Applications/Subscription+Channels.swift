internal import Foundation
internal import IBC
public import ModuleKit

extension Subscription where Module: ChannelApplication {
    /// Has the module's `ChannelApplication` methods called, for the channels of the ports that an instance owns.
    public static var channels: Self {
        .on(InterchainEvent.self) { (module, event, _, context) throws(ModuleError) in
            switch event.event {
            case .channelOpenInit(let step):
                let version = try module.channelOpenInit(try ChannelOpening(step), context)
                try context.accept(try ChannelEndID(step), version: version)
            case .channelOpenTry(let step):
                let version = try module.channelOpenTry(try ChannelOpening(step), context)
                try context.accept(try ChannelEndID(step), version: version)
            case .channelOpenAck(let step): try module.channelOpenAck(try ChannelOpening(step), context)
            case .channelOpenConfirm(let step): try module.channelOpenConfirm(try ChannelOpening(step), context)
            case .channelCloseInit(let step): try module.channelCloseInit(try ChannelEndID(step), context)
            case .channelClosed(let step):
                // An application that closes an end itself knows it already.
                guard step.cause != .application else { return }
                try module.channelClosed(try ChannelEndID(step), step.cause, context)
            case .packetReceived(let received):
                let packet = try Packet(recorded: received.packet)
                try context.acknowledge(packet, with: try module.receive(packet, context))
            case .packetAcknowledged(let settled):
                let acknowledgement = Acknowledgement(received: Array(settled.acknowledgement))
                try module.acknowledged(try Packet(recorded: settled.packet), acknowledgement, context)
            case .packetTimedOut(let settled): try module.timedOut(try Packet(recorded: settled.packet), context)
            default: return
            }
        }
    }
}

/// What is about a port is for the application that owns it.
extension InterchainEvent: AddressesInstances {
    /// The number of the instance whose port this event is about; nil for events about no port.
    public var addressee: UInt32? {
        switch event {
        case .channelOpenInit(let step), .channelOpenTry(let step), .channelOpenAck(let step),
            .channelOpenConfirm(let step), .channelCloseInit(let step), .channelClosed(let step):
            step.application
        case .packetSent(let packet), .packetReceived(let packet), .packetTimedOut(let packet): packet.application
        case .packetAcknowledged(let settled): settled.application
        default: nil
        }
    }
}

extension ModuleContext where Module: ChannelApplication {
    fileprivate func accept(_ end: ChannelEndID, version: String) throws(ModuleError) {
        try answer {
            $0.acceptChannel.portID = end.port.text
            $0.acceptChannel.channelID = end.channel.text
            $0.acceptChannel.version = version
        }
    }

    fileprivate func acknowledge(_ packet: Packet, with acknowledgement: Acknowledgement) throws(ModuleError) {
        try answer {
            $0.writeAcknowledgement.portID = packet.destination.port.text
            $0.writeAcknowledgement.channelID = packet.destination.channel.text
            $0.writeAcknowledgement.sequence = packet.sequence
            $0.writeAcknowledgement.acknowledgement = Data(acknowledgement.json)
        }
    }
}

extension ChannelEndID {
    /// The end that a recorded step is about.
    init(_ step: InterchainChannelStep) throws(ModuleError) {
        self = try ModuleError.wrapping { () throws(IBCError) in
            ChannelEndID(port: try PortID(step.portID), channel: try ChannelID(step.channelID))
        }
    }
}

extension ChannelOpening {
    /// The opening that a recorded step is about.
    init(_ step: InterchainChannelStep) throws(ModuleError) {
        let id = try ChannelEndID(step)
        let end = try ModuleError.wrapping { () throws(IBCError) in try ChannelEnd(protobuf: step.end) }
        self.init(
            end: id,
            ordering: end.ordering,
            connection: end.connection,
            counterparty: end.counterparty,
            version: step.proposedVersion
        )
    }
}

extension Packet {
    /// Takes over a packet that stands in an event.
    init(recorded packet: Ibc_Core_Channel_V1_Packet) throws(ModuleError) {
        self = try ModuleError.wrapping { () throws(IBCError) in try Packet(protobuf: packet) }
    }
}

extension Acknowledgement {
    /// Reads what the other chain's application answered. It has proven these bytes, and nobody can refuse them: what is not
    /// in the envelope of ICS-04 counts as an error.
    init(received bytes: [UInt8]) {
        do throws(IBCError) {
            self = try Acknowledgement(json: bytes)
        } catch {
            self = .error("the acknowledgement can't be read: \(error.message)")
        }
    }
}
