import ModuleKit

/// The outermost object of a packet: one member, whose name is the packet's kind.
struct PacketDocument {
    let kind: String
    let body: JSONField

    /// Reads the bytes of a packet.
    ///
    /// - Throws: `controlPacketTooLarge`, `malformedControlPacket`.
    private init(_ bytes: [UInt8], byteCountLimit: Int) throws(ModuleError) {
        guard bytes.count <= byteCountLimit else {
            throw ModuleError(
                .controlPacketTooLarge,
                "a packet has at most \(byteCountLimit) bytes, not \(bytes.count); send it in several"
            )
        }
        let document = JSONField(try JSONValue(parsing: bytes, depthLimit: 8))
        let members = try document.members()
        guard let member = members.first, members.count == 1 else {
            throw ModuleError(
                .malformedControlPacket,
                "a packet is an object with one member, named after its kind; this one has \(members.count)"
            )
        }
        self.kind = member.name
        self.body = member.field
    }

    /// Reads a packet with the reader of a direction, which gives nil for kinds that it does not know.
    ///
    /// - Throws: errors of codespace `control` alone.
    static func read<Packet>(
        _ bytes: [UInt8],
        byteCountLimit: Int,
        _ reader: (String, JSONField) throws(ModuleError) -> Packet?
    ) throws(ModuleError) -> Packet {
        do {
            let document = try PacketDocument(bytes, byteCountLimit: byteCountLimit)
            if let packet = try reader(document.kind, document.body) { return packet }
        } catch {
            guard error.codespace != ModuleError.Code.malformedControlPacket.codespace else { throw error }
            throw ModuleError(.malformedControlPacket, "the packet can't be read: \(error.message)")
        }
        throw ModuleError(.unknownControlPacket, "packets of this kind are not sent in this direction; send none")
    }
}
