public import ModuleKit

extension ModuleError.Code {
    private static func control(_ number: UInt32) -> Self { Self("control", number) }

    /// The version text of a channel is not the JSON object that it should be.
    public static let malformedControlVersion = control(1)
    /// A channel is to speak another protocol than `mesh-security`.
    public static let wrongControlProtocol = control(2)
    /// A version of the protocol is not one that an instance speaks.
    public static let unsupportedControlVersion = control(3)
    /// The setting of the versions that an instance speaks contradicts itself, or names versions that this build does not know.
    public static let invalidControlVersionRange = control(4)
    /// A packet is not the JSON that it should be, or a value in it can't be one of its kind.
    public static let malformedControlPacket = control(5)
    /// A packet is of a kind that does not exist in its direction.
    public static let unknownControlPacket = control(6)
    /// A packet has a member that its kind does not have in the version of the channel.
    public static let unknownControlMember = control(7)
    /// A packet is longer than what is taken.
    public static let controlPacketTooLarge = control(8)
}
