import Foundation
import ICS23

extension ConnectionEnd: ProtobufValue {
    /// Checks a message and takes it over.
    ///
    /// - Throws: `unknownValue` for a state that is none, or a delay period above zero; `missing`; `invalidIdentifier`;
    ///   what is wrong with a version.
    public init(protobuf: Ibc_Core_Connection_V1_ConnectionEnd) throws(IBCError) {
        guard let state = State(rawValue: protobuf.state.rawValue) else {
            throw IBCError(.unknownValue, "\(protobuf.state.rawValue) is no state of a connection; it is one of 1 to 3")
        }
        guard protobuf.delayPeriod == 0 else {
            throw IBCError(
                .unknownValue,
                "the connection has a delay period of \(protobuf.delayPeriod) ns; open it without one"
            )
        }
        let counterparty = try required(protobuf.counterparty, if: protobuf.hasCounterparty, "counterparty")
        var versions: [ConnectionVersion] = []
        for (index, version) in protobuf.versions.enumerated() {
            versions.append(
                try checking("version \(index)") { () throws(IBCError) in try ConnectionVersion(protobuf: version) }
            )
        }
        try self.init(
            client: ClientID(protobuf.clientID),
            versions: versions,
            state: state,
            counterparty: checking("counterparty") { () throws(IBCError) in
                try Counterparty(protobuf: counterparty)
            }
        )
    }

    /// The message.
    public var protobuf: Ibc_Core_Connection_V1_ConnectionEnd {
        var message = Ibc_Core_Connection_V1_ConnectionEnd()
        message.clientID = client.text
        message.versions = versions.map(\.protobuf)
        message.state = Ibc_Core_Connection_V1_State(rawValue: state.rawValue) ?? .uninitializedUnspecified
        message.counterparty = counterparty.protobuf
        return message
    }
}

extension ConnectionEnd.Counterparty: ProtobufValue {
    /// Checks a message and takes it over. An empty connection is none.
    public init(protobuf: Ibc_Core_Connection_V1_Counterparty) throws(IBCError) {
        let prefix = try required(protobuf.prefix, if: protobuf.hasPrefix, "prefix")
        try self.init(
            client: ClientID(protobuf.clientID),
            connection: protobuf.connectionID.isEmpty ? nil : ConnectionID(protobuf.connectionID),
            prefix: CommitmentPrefix([UInt8](prefix.keyPrefix))
        )
    }

    /// The message.
    public var protobuf: Ibc_Core_Connection_V1_Counterparty {
        var message = Ibc_Core_Connection_V1_Counterparty()
        message.clientID = client.text
        message.connectionID = connection?.text ?? ""
        message.prefix.keyPrefix = Data(prefix.bytes)
        return message
    }
}

extension ConnectionVersion: ProtobufValue {
    /// Checks a message and takes it over.
    public init(protobuf: Ibc_Core_Connection_V1_Version) throws(IBCError) {
        try self.init(identifier: protobuf.identifier, features: protobuf.features)
    }

    /// The message.
    public var protobuf: Ibc_Core_Connection_V1_Version {
        var message = Ibc_Core_Connection_V1_Version()
        message.identifier = identifier
        message.features = features
        return message
    }
}
