public import CometBFTProtobuf
import Foundation
public import SwiftProtobuf

extension BlockTime: ProtobufRepresentable {
    /// Checks a timestamp and takes it over.
    public init(protobuf: Google_Protobuf_Timestamp) throws(CometBFTError) {
        try self.init(seconds: protobuf.seconds, nanoseconds: protobuf.nanos)
    }

    /// The timestamp.
    public var protobuf: Google_Protobuf_Timestamp {
        Google_Protobuf_Timestamp(seconds: seconds, nanos: nanoseconds)
    }
}

extension ValidatorKey: ProtobufRepresentable {
    /// Takes an Ed25519 key.
    ///
    /// - Throws: `unknownValue` for a key of another kind, `wrongLength`, or `missing`.
    public init(protobuf: Tendermint_Crypto_PublicKey) throws(CometBFTError) {
        switch protobuf.sum {
        case .ed25519(let bytes): try self.init([UInt8](bytes))
        case .secp256K1:
            throw CometBFTError(.unknownValue, "secp256k1 keys of validators are not supported, only ed25519")
        case nil: throw CometBFTError(.missing, "the public key is missing")
        }
    }

    /// The message.
    public var protobuf: Tendermint_Crypto_PublicKey {
        var message = Tendermint_Crypto_PublicKey()
        message.ed25519 = Data(bytes)
        return message
    }
}

extension Version: ProtobufRepresentable {
    /// Takes any versions.
    public init(protobuf: Tendermint_Version_Consensus) {
        self.init(block: protobuf.block, app: protobuf.app)
    }

    /// The message.
    public var protobuf: Tendermint_Version_Consensus {
        var message = Tendermint_Version_Consensus()
        message.block = block
        message.app = app
        return message
    }
}

extension PartSetHeader: ProtobufRepresentable {
    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_PartSetHeader) throws(CometBFTError) {
        self.init(total: protobuf.total, hash: try Hash32.optional([UInt8](protobuf.hash)))
    }

    /// The message.
    public var protobuf: Tendermint_Types_PartSetHeader {
        var message = Tendermint_Types_PartSetHeader()
        message.total = total
        message.hash = Data(hash?.bytes ?? [])
        return message
    }
}

extension BlockID: ProtobufRepresentable {
    /// Checks a message and takes it over. The part set header must be there, be it empty.
    public init(protobuf: Tendermint_Types_BlockID) throws(CometBFTError) {
        let parts = try required(protobuf.partSetHeader, if: protobuf.hasPartSetHeader, "part_set_header")
        self.init(
            hash: try Hash32.optional([UInt8](protobuf.hash)),
            partSetHeader: try PartSetHeader(protobuf: parts)
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_BlockID {
        var message = Tendermint_Types_BlockID()
        message.hash = Data(hash?.bytes ?? [])
        message.partSetHeader = partSetHeader.protobuf
        return message
    }
}
