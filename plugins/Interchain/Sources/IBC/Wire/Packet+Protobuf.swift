import Foundation

extension Packet: ProtobufValue {
    /// The data, and room for what stands around it.
    public static var maximumEncodedByteCount: Int { maximumDataByteCount + 1024 }

    /// Checks a message and takes it over. The timeout height must be there, be it zero.
    public init(protobuf: Ibc_Core_Channel_V1_Packet) throws(IBCError) {
        let height = try required(protobuf.timeoutHeight, if: protobuf.hasTimeoutHeight, "timeout_height")
        try self.init(
            sequence: protobuf.sequence,
            source: checking("source") { () throws(IBCError) in
                try ChannelEndID(port: PortID(protobuf.sourcePort), channel: ChannelID(protobuf.sourceChannel))
            },
            destination: checking("destination") { () throws(IBCError) in
                try ChannelEndID(
                    port: PortID(protobuf.destinationPort),
                    channel: ChannelID(protobuf.destinationChannel)
                )
            },
            data: [UInt8](protobuf.data),
            timeout: Timeout(height: Height(protobuf: height), nanosecondsSince1970: protobuf.timeoutTimestamp)
        )
    }

    /// The message.
    public var protobuf: Ibc_Core_Channel_V1_Packet {
        var message = Ibc_Core_Channel_V1_Packet()
        message.sequence = sequence
        message.sourcePort = source.port.text
        message.sourceChannel = source.channel.text
        message.destinationPort = destination.port.text
        message.destinationChannel = destination.channel.text
        message.data = Data(data)
        message.timeoutHeight = (timeout.height ?? .zero).protobuf
        message.timeoutTimestamp = timeout.nanosecondsSince1970 ?? 0
        return message
    }
}

extension Acknowledgement: ProtobufValue {
    /// As in JSON.
    public static var maximumEncodedByteCount: Int { maximumByteCount }

    /// Takes a result or an error.
    ///
    /// - Throws: `missing` when there is neither, or nothing in it.
    public init(protobuf: Ibc_Core_Channel_V1_Acknowledgement) throws(IBCError) {
        switch protobuf.response {
        case .result(let bytes): self = .result([UInt8](bytes))
        case .error(let text): self = .error(text)
        case nil: self = .result([])
        }
        try check()
    }

    /// The message.
    public var protobuf: Ibc_Core_Channel_V1_Acknowledgement {
        var message = Ibc_Core_Channel_V1_Acknowledgement()
        switch self {
        case .result(let bytes): message.result = Data(bytes)
        case .error(let text): message.error = text
        }
        return message
    }
}
