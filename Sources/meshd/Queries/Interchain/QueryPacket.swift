import ArgumentParser
import Foundation
import IBC
import InterchainEvents
import MeshHost
import ModuleKit

/// `meshd query packet`.
struct QueryPacket: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "packet",
        abstract: "Shows what became of a packet: the one that this chain sent, and the one that it received.",
        discussion: """
            Both directions of a channel count from 1, so there may be two packets of one sequence. How a packet was \
            settled stands in the log: see `meshd log tail`.

            Example:
              meshd query packet transfer channel-0 1
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The port on this chain, such as transfer.")
    var port: String

    @Argument(help: "The channel on this chain, such as channel-0.")
    var channel: String

    @Argument(help: "The sequence.")
    var sequence: UInt64

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let id = try ChannelEndID(port: port, channel: channel)
        let end = try chain.channel(id)
        let packet = try chain.interchain {
            $0.packet.portID = port
            $0.packet.channelID = channel
            $0.packet.sequence = sequence
        }.packet
        let commitment = Array(packet.commitment)
        let answer = Array(packet.acknowledgementHash)
        let fate = Fate(isSent: sequence > 0 && sequence < end.nextSequenceSend, isCommitted: !commitment.isEmpty)
        let json: JSONValue = [
            "port_id": .string(port),
            "channel_id": .string(channel),
            "sequence": .whole(sequence),
            "sent": [
                "state": .string(fate.rawValue),
                "commitment": commitment.isEmpty ? .null : .string(commitment.hexText),
                "path": .string(StorePath.packetCommitment(id, sequence: sequence).text),
            ],
            "received": [
                "is_received": .bool(packet.received),
                "acknowledgement_hash": answer.isEmpty ? .null : .string(answer.hexText),
                "path": .string(StorePath.packetAcknowledgement(id, sequence: sequence).text),
            ],
        ]
        return Report(json) { style in
            var facts = Facts(("packet", .init("\(id) \(sequence.grouped)", .bold)), ("sent", fate.cell))
            if !commitment.isEmpty { facts.add("commitment", .init(commitment.hexText)) }
            facts.add("received", packet.received ? .init("received", .green) : .init("not received", .dim))
            if !answer.isEmpty { facts.add("answer's hash", .init(answer.hexText)) }
            return facts.text(style)
        }
    }
}

/// What became of a packet that this chain may have sent.
private enum Fate: String {
    case notSent = "not_sent"
    case pending
    case settled

    /// A commitment is kept from the sending until the packet is acknowledged or has timed out.
    init(isSent: Bool, isCommitted: Bool) { self = isCommitted ? .pending : isSent ? .settled : .notSent }

    var cell: Table.Cell {
        switch self {
        case .notSent: .init("not sent", .dim)
        case .pending: .init("on its way: neither acknowledged nor timed out", .yellow)
        case .settled: .init("settled: acknowledged, or timed out", .green)
        }
    }
}
