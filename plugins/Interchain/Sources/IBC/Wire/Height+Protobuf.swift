extension Height: ProtobufValue {
    /// Two numbers.
    public static var maximumEncodedByteCount: Int { 22 }

    /// Takes any two numbers.
    public init(protobuf: Ibc_Core_Client_V1_Height) {
        self.init(revision: protobuf.revisionNumber, height: protobuf.revisionHeight)
    }

    /// The message.
    public var protobuf: Ibc_Core_Client_V1_Height {
        var message = Ibc_Core_Client_V1_Height()
        message.revisionNumber = revision
        message.revisionHeight = height
        return message
    }
}
