import CometBFT
import Foundation
import IBC
import InterchainEvents
import ModuleKit

extension GenesisImport {
    /// How many packets one event tells of: each takes at most 47 bytes, and an event has at most 60 000.
    private static let packetsPerEvent = 1000
    /// What a receipt is, in Base64: the byte 1.
    static let receipt = "AQ=="

    /// Reads what is kept of packets, on both ends.
    mutating func readPackets(_ section: JSONField) throws(ModuleError) {
        try readPackets(section, "commitments") { (reader, id, sequence, field, imported) throws(ModuleError) in
            guard try sequence < reader.interchain.nextSequenceSend(id, in: reader.context) else {
                throw field["sequence"].invalid("the channel has not sent this packet yet, by send_sequences")
            }
            imported.commitments.append(try Self.hash(sequence, field))
        }
        try readPackets(section, "receipts") { (reader, id, sequence, field, imported) throws(ModuleError) in
            guard try reader.interchain.channel(id, in: reader.context).end.ordering == .unordered else {
                throw field.invalid("an ordered channel counts what it has received, and has no receipts; remove it")
            }
            guard try field["data"].string() == Self.receipt else {
                throw field["data"].invalid("a receipt is the byte 1: write \(Self.receipt)")
            }
            imported.receipts.append(sequence)
        }
        try readPackets(section, "acknowledgements") { (reader, id, sequence, field, imported) throws(ModuleError) in
            let channel = try reader.interchain.channel(id, in: reader.context)
            guard try reader.interchain.isReceived(sequence, by: channel, in: reader.context) else {
                throw field["sequence"].invalid("the channel has not received the packet that this answers; remove it")
            }
            imported.acknowledgements.append(try Self.hash(sequence, field))
        }
    }

    /// Reads one list, and records the entries of a channel that follow on each other, some in each event.
    private mutating func readPackets(
        _ section: JSONField,
        _ name: String,
        _ append: (Self, ChannelEndID, UInt64, JSONField, inout InterchainPacketsImported) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        var seen: Set<PacketPlace> = []
        var imported = InterchainPacketsImported()
        var current: ChannelEndID?
        var count = 0
        for field in try section[name].elements() {
            let known = ["port_id", "channel_id", "sequence", "data"]
            try noteUnknownMembers(of: field, known: known, at: "\(Self.channels).\(name)[]")
            guard let id = try importedChannel(of: field, in: name) else { continue }
            let sequence: UInt64 = try field["sequence"].integer()
            guard sequence > 0, seen.insert(PacketPlace(end: id, sequence: sequence)).inserted else {
                throw field["sequence"].invalid("sequences start at 1, and stand here once for each channel")
            }
            if current != id || count == Self.packetsPerEvent {
                try emit(imported, of: current)
                (imported, current, count) = (InterchainPacketsImported(), id, 0)
            }
            try append(self, id, sequence, field, &imported)
            count += 1
        }
        try emit(imported, of: current)
    }

    private func emit(_ imported: InterchainPacketsImported, of id: ChannelEndID?) throws(ModuleError) {
        guard let id else { return }
        var imported = imported
        imported.portID = id.port.text
        imported.channelID = id.channel.text
        try context.emit(.with { $0.packetsImported = imported })
    }

    private static func hash(_ sequence: UInt64, _ field: JSONField) throws(ModuleError) -> InterchainPacketHash {
        let bytes = try field["data"].base64()
        guard bytes.count == Hash32.byteCount else {
            throw field["data"].invalid("a hash of \(Hash32.byteCount) bytes must stand here, not \(bytes.count) bytes")
        }
        return .with {
            $0.sequence = sequence
            $0.hash = Data(bytes)
        }
    }
}
