import ControlChannel
import ModuleKit
import Testing

/// What reading spoilt bytes may come to.
enum Reading: Hashable {
    /// Refused, with a code of codespace `control`.
    case refused
    /// Read, and written as the same bytes.
    case exact
    /// Read, and written as other bytes of the same JSON value: blanks, escapes and the order of members are all that differs.
    case equivalent
}

extension ControlPacket {
    /// Reads bytes, makes sure that nothing of them was lost, and says what came of it.
    ///
    /// Nothing is lost when the packet, written again, is the same JSON value, the order of members aside. So two texts that
    /// differ in more than spelling can't be read as one packet.
    static func reading(_ bytes: [UInt8], version: ControlVersion) throws -> Reading {
        let packet: Self
        do throws(ModuleError) {
            packet = try Self(json: bytes, version: version)
        } catch {
            #expect(error.codespace == "control", "\(error): \(text(bytes))")
            return .refused
        }
        let written = packet.json(version: version)
        #expect(try Self(json: written, version: version) == packet, "\(text(bytes))")
        guard written != bytes else { return .exact }
        let values = try [written, bytes].map { try JSONValue(parsing: $0).sortedByName() }
        #expect(values[0] == values[1], "read and written as another packet: \(text(bytes))")
        return .equivalent
    }
}
