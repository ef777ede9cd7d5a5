import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

/// Two chains whose postcards write to each other over an open connection, and a relayer whom nobody has to trust.
///
/// The left chain has the port `letters`, the right one `replies`; the channel of both has another number on each. A mute
/// instance has the port `silence` on both chains.
final class Correspondence {
    enum Side: CaseIterable {
        case left, right

        var other: Side { self == .left ? .right : .left }
        var port: String { self == .left ? "letters" : "replies" }
    }

    static let silence = "silence"

    let chains: TwoChains
    let ordering: Ibc_Core_Channel_V1_Order
    /// The end of the open channel on each chain.
    private(set) var ends: [Side: ChannelEndID] = [:]
    /// What was answered to each packet, by where it came from.
    private(set) var acknowledgements: [Packet: Data] = [:]

    /// Makes the two chains, with ports and a connection, but without a channel.
    init(_ ordering: Ibc_Core_Channel_V1_Order = .unordered, limits: Execution.Limits = Execution.Limits()) throws {
        self.ordering = ordering
        chains = try TwoChains(neighbours: { [Postcard(), Mute()] }, options: { $0.limits = limits })
        _ = try chains.openConnection()
        for side in Side.allCases {
            try tell(side, .with { $0.bind.portID = side.port }).thenSucceeded()
            try tellMute(side, .with { $0.bindPort.portID = Self.silence }).thenSucceeded()
        }
        // From here on, the two chains count channels differently.
        try send(.openInit("replies", to: "letters", .unordered), to: .right).thenSucceeded()
    }

    /// Makes the two chains with an open channel.
    static func open(
        _ ordering: Ibc_Core_Channel_V1_Order = .unordered,
        limits: Execution.Limits = Execution.Limits()
    ) throws -> Correspondence {
        let correspondence = try Correspondence(ordering, limits: limits)
        try correspondence.openChannel()
        return correspondence
    }

    func chain(_ side: Side) -> PlayedChain { side == .left ? chains.left.chain : chains.right.chain }

    func harness(_ side: Side) -> ModuleHarness<Interchain> { chain(side).harness }

    /// Sends a message to Interchain.
    @discardableResult
    func send(_ message: InterchainMessage, to side: Side, workLimit: UInt64 = .max) throws -> Outcome<Interchain> {
        try harness(side).when(message, from: PlayedChain.relayer, workLimit: workLimit)
    }

    /// Tells the postcards of a chain what to do.
    @discardableResult
    func tell(_ side: Side, _ message: PostcardMessage) throws -> Outcome<Interchain> {
        try harness(side).when(message, to: Postcard.self, from: .named("writer"))
    }

    /// Has the mute instance of a chain record an answer.
    @discardableResult
    func tellMute(_ side: Side, _ answer: InterchainChannelAnswer) throws -> Outcome<Interchain> {
        try harness(side).when(.with { $0.answer = answer }, to: Mute.self, from: .named("writer"))
    }

    /// How the postcards of a chain behave from now on.
    func behave(_ side: Side, _ change: (inout PostcardManner) -> Void) throws {
        try tell(side, .with { $0.behave = .with(change) }).thenSucceeded()
    }

    /// Proves what a chain keeps under a path, or that it keeps nothing, to the other chain.
    func prove(_ path: StorePath, on side: Side) throws -> PlayedChain.StateProof {
        try chains.settle()
        return try chain(side).proof(of: path)
    }

    func noteAcknowledgements(_ packet: Packet, in outcome: Outcome<Interchain>) {
        for event in outcome.emitted where event.acknowledgementWritten.sequence == packet.sequence {
            acknowledgements[packet] = event.acknowledgementWritten.acknowledgement
        }
    }

    func keep(_ end: ChannelEndID, on side: Side) { ends[side] = end }
}

extension Correspondence {
    /// The side that an end is on.
    func side(of end: ChannelEndID) -> Side { end.port.text == Side.left.port ? .left : .right }

    /// What is kept of a channel.
    func channel(_ side: Side) throws -> InterchainChannel {
        let end = try #require(ends[side])
        return try harness(side).query(
            .with {
                $0.channel.portID = end.port.text
                $0.channel.channelID = end.channel.text
            }
        ).channel
    }

    /// What is kept of a packet at one end.
    func state(of packet: Packet, on side: Side) throws -> InterchainPacketState {
        let end = side == self.side(of: packet.source) ? packet.source : packet.destination
        return try harness(side).query(
            .with {
                $0.packet.portID = end.port.text
                $0.packet.channelID = end.channel.text
                $0.packet.sequence = packet.sequence
            }
        ).packet
    }

    /// The text that came in with a packet; nil when it was not kept.
    func received(_ packet: Packet) throws -> String? {
        let state = try harness(side(of: packet.destination)).state(of: Postcard.self)
        return try Postcard().received.value(for: Pair(packet.destination.description, packet.sequence), in: state)
    }

    /// What the sender was told of a packet; nil for nothing, several words for several times.
    func told(_ packet: Packet) throws -> String? { try told(packet.source, packet.sequence) }

    /// What the application was told of an end.
    func told(_ end: ChannelEndID, _ sequence: UInt64 = 0) throws -> String? {
        let state = try harness(side(of: end)).state(of: Postcard.self)
        return try Postcard().told.value(for: Pair(end.description, sequence), in: state)
    }
}
