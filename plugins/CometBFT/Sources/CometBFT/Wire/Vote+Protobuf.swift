public import CometBFTProtobuf
import Foundation

extension Vote: ProtobufRepresentable {
    /// Two MiB: an extension has at most one.
    public static var maximumEncodedByteCount: Int { 2 << 20 }

    /// Checks a message and takes it over. The vote must be signed.
    public init(protobuf: Tendermint_Types_Vote) throws(CometBFTError) {
        guard let type = SignedMessageType(rawValue: protobuf.type.rawValue) else {
            throw CometBFTError(
                .unknownValue,
                "a vote's type is prevote (1) or precommit (2), not \(protobuf.type.rawValue)"
            )
        }
        let blockID = try required(protobuf.blockID, if: protobuf.hasBlockID, "block_id")
        let timestamp = try required(protobuf.timestamp, if: protobuf.hasTimestamp, "timestamp")
        try Signature.check([UInt8](protobuf.signature))
        try self.init(
            type: type,
            height: protobuf.height,
            round: protobuf.round,
            blockID: checking("block_id") { () throws(CometBFTError) in try BlockID(protobuf: blockID) },
            timestamp: BlockTime(protobuf: timestamp),
            validatorAddress: ValidatorAddress([UInt8](protobuf.validatorAddress)),
            validatorIndex: protobuf.validatorIndex,
            signature: [UInt8](protobuf.signature),
            extension: Extension(
                bytesOrNothing: [UInt8](protobuf.extension),
                signature: [UInt8](protobuf.extensionSignature)
            )
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_Vote {
        var message = Tendermint_Types_Vote()
        message.type = Tendermint_Types_SignedMsgType(rawValue: type.rawValue) ?? .unknown
        message.height = height
        message.round = round
        message.blockID = blockID.protobuf
        message.timestamp = timestamp.protobuf
        message.validatorAddress = Data(validatorAddress.bytes)
        message.validatorIndex = validatorIndex
        message.signature = Data(signature)
        message.extension = Data(`extension`?.bytes ?? [])
        message.extensionSignature = Data(`extension`?.signature ?? [])
        return message
    }
}

extension Vote.Extension {
    /// Reads an extension from two fields, which are both empty where there is none.
    init?(bytesOrNothing bytes: [UInt8], signature: [UInt8]) throws(CometBFTError) {
        guard !bytes.isEmpty || !signature.isEmpty else { return nil }
        self = try checking("extension") { () throws(CometBFTError) in
            try Vote.Extension(bytes: bytes, signature: signature)
        }
    }
}

extension Proposal: ProtobufRepresentable {
    /// Checks a message and takes it over. The proposal must be signed.
    public init(protobuf: Tendermint_Types_Proposal) throws(CometBFTError) {
        guard protobuf.type == .proposal else {
            throw CometBFTError(.unknownValue, "a proposal's type is 32, not \(protobuf.type.rawValue)")
        }
        let blockID = try required(protobuf.blockID, if: protobuf.hasBlockID, "block_id")
        let timestamp = try required(protobuf.timestamp, if: protobuf.hasTimestamp, "timestamp")
        try Signature.check([UInt8](protobuf.signature))
        try self.init(
            height: protobuf.height,
            round: protobuf.round,
            proofOfLockRound: protobuf.polRound,
            blockID: checking("block_id") { () throws(CometBFTError) in try BlockID(protobuf: blockID) },
            timestamp: BlockTime(protobuf: timestamp),
            signature: [UInt8](protobuf.signature)
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_Proposal {
        var message = Tendermint_Types_Proposal()
        message.type = .proposal
        message.height = height
        message.round = round
        message.polRound = proofOfLockRound
        message.blockID = blockID.protobuf
        message.timestamp = timestamp.protobuf
        message.signature = Data(signature)
        return message
    }
}
