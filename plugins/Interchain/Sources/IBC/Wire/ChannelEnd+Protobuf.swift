extension ChannelEnd: ProtobufValue {
    /// Checks a message and takes it over.
    ///
    /// - Throws: `unknownValue` for a state or an ordering that is none, or for another number of hops than one;
    ///   `missing`; `invalidIdentifier`.
    public init(protobuf: Ibc_Core_Channel_V1_Channel) throws(IBCError) {
        guard let state = State(rawValue: protobuf.state.rawValue) else {
            throw IBCError(.unknownValue, "\(protobuf.state.rawValue) is no state of a channel; it is one of 1 to 4")
        }
        guard let ordering = Ordering(rawValue: protobuf.ordering.rawValue) else {
            throw IBCError(
                .unknownValue,
                "a channel is unordered (1) or ordered (2), not \(protobuf.ordering.rawValue)"
            )
        }
        guard let hop = protobuf.connectionHops.first, protobuf.connectionHops.count == 1 else {
            throw IBCError(
                .unknownValue,
                "a channel uses one connection, not \(protobuf.connectionHops.count); open it over a single one"
            )
        }
        let counterparty = try required(protobuf.counterparty, if: protobuf.hasCounterparty, "counterparty")
        try self.init(
            state: state,
            ordering: ordering,
            counterparty: checking("counterparty") { () throws(IBCError) in
                try Counterparty(protobuf: counterparty)
            },
            connection: ConnectionID(hop),
            version: protobuf.version
        )
    }

    /// The message.
    public var protobuf: Ibc_Core_Channel_V1_Channel {
        var message = Ibc_Core_Channel_V1_Channel()
        message.state = Ibc_Core_Channel_V1_State(rawValue: state.rawValue) ?? .uninitializedUnspecified
        message.ordering = Ibc_Core_Channel_V1_Order(rawValue: ordering.rawValue) ?? .noneUnspecified
        message.counterparty = counterparty.protobuf
        message.connectionHops = [connection.text]
        message.version = version
        return message
    }
}

extension ChannelEnd.Counterparty: ProtobufValue {
    /// Checks a message and takes it over. An empty channel is none.
    public init(protobuf: Ibc_Core_Channel_V1_Counterparty) throws(IBCError) {
        try self.init(
            port: PortID(protobuf.portID),
            channel: protobuf.channelID.isEmpty ? nil : ChannelID(protobuf.channelID)
        )
    }

    /// The message.
    public var protobuf: Ibc_Core_Channel_V1_Counterparty {
        var message = Ibc_Core_Channel_V1_Counterparty()
        message.portID = port.text
        message.channelID = channel?.text ?? ""
        return message
    }
}
