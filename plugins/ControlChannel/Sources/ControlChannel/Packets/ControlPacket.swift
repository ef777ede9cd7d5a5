public import ModuleKit

/// A packet of the control channel, in JSON as the reference writes it.
///
/// A packet has one compact text in a version: members in the reference's order, no blanks, 128-bit integers as strings, 64-bit
/// ones as numbers. Another text of the same packet can differ only in blanks, in the order of members and in escapes. All
/// members are required; unknown ones, repeated ones and whatever follows are refused.
public protocol ControlPacket: Hashable, Sendable {
    /// Reads the bytes of a packet, on a channel of a version.
    ///
    /// - Throws: `controlPacketTooLarge`, `malformedControlPacket`, `unknownControlPacket` or `unknownControlMember`.
    init(json bytes: [UInt8], version: ControlVersion) throws(ModuleError)

    /// The bytes of the packet. Members that the version does not have are left out.
    func json(version: ControlVersion) -> [UInt8]

    /// How long the other chain may take to receive the packet, unless a setting says otherwise.
    var standardLifetime: TimeSpan { get }
}

extension ControlPacket {
    /// The longest packet that is read, in bytes: what a chain of this host records.
    public static var maximumByteCount: Int { 40 * 1024 }
}
