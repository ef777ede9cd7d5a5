import CometBFT
import Foundation
import ICS23
import SwiftProtobuf

extension TendermintConsensusState: ProtobufValue {
    /// Checks a message and takes it over.
    public init(protobuf: Ibc_Lightclients_Tendermint_V1_ConsensusState) throws(IBCError) {
        let time = try required(protobuf.timestamp, if: protobuf.hasTimestamp, "timestamp")
        let root = try required(protobuf.root, if: protobuf.hasRoot, "root")
        try self.init(
            time: takingOver("timestamp") { () throws(CometBFTError) in try BlockTime(protobuf: time) },
            root: [UInt8](root.hash),
            nextValidatorsHash: takingOver("next_validators_hash") { () throws(CometBFTError) in
                try Hash32([UInt8](protobuf.nextValidatorsHash))
            }
        )
    }

    /// The message.
    public var protobuf: Ibc_Lightclients_Tendermint_V1_ConsensusState {
        var message = Ibc_Lightclients_Tendermint_V1_ConsensusState()
        message.timestamp = time.protobuf
        message.root.hash = Data(root)
        message.nextValidatorsHash = Data(nextValidatorsHash.bytes)
        return message
    }
}

extension TendermintHeader: ProtobufValue {
    /// A block and a second validator set.
    public static var maximumEncodedByteCount: Int {
        LightBlock.maximumEncodedByteCount + ValidatorSet.maximumEncodedByteCount
    }

    /// Checks a message and takes it over.
    public init(protobuf: Ibc_Lightclients_Tendermint_V1_Header) throws(IBCError) {
        let signed = try required(protobuf.signedHeader, if: protobuf.hasSignedHeader, "signed_header")
        let own = try required(protobuf.validatorSet, if: protobuf.hasValidatorSet, "validator_set")
        let height = try required(protobuf.trustedHeight, if: protobuf.hasTrustedHeight, "trusted_height")
        let trusted = try required(
            protobuf.trustedValidators,
            if: protobuf.hasTrustedValidators,
            "trusted_validators"
        )
        try self.init(
            block: takingOver("block") { () throws(CometBFTError) in
                try LightBlock(signedHeader: SignedHeader(protobuf: signed), validators: ValidatorSet(protobuf: own))
            },
            trustedHeight: Height(protobuf: height),
            trustedValidators: takingOver("trusted_validators") { () throws(CometBFTError) in
                try ValidatorSet(protobuf: trusted)
            }
        )
    }

    /// The message.
    public var protobuf: Ibc_Lightclients_Tendermint_V1_Header {
        var message = Ibc_Lightclients_Tendermint_V1_Header()
        message.signedHeader = block.signedHeader.protobuf
        message.validatorSet = block.validators.protobuf
        message.trustedHeight = trustedHeight.protobuf
        message.trustedValidators = trustedValidators.protobuf
        return message
    }
}

extension TendermintMisbehaviour: ProtobufValue {
    /// Two headers.
    public static var maximumEncodedByteCount: Int { 2 * TendermintHeader.maximumEncodedByteCount + 128 }

    /// Checks a message and takes it over. The client may be left out.
    public init(protobuf: Ibc_Lightclients_Tendermint_V1_Misbehaviour) throws(IBCError) {
        let first = try required(protobuf.header1, if: protobuf.hasHeader1, "header_1")
        let second = try required(protobuf.header2, if: protobuf.hasHeader2, "header_2")
        try self.init(
            client: protobuf.clientID.isEmpty ? nil : ClientID(protobuf.clientID),
            first: checking("header_1") { () throws(IBCError) in try TendermintHeader(protobuf: first) },
            second: checking("header_2") { () throws(IBCError) in try TendermintHeader(protobuf: second) }
        )
    }

    /// The message.
    public var protobuf: Ibc_Lightclients_Tendermint_V1_Misbehaviour {
        var message = Ibc_Lightclients_Tendermint_V1_Misbehaviour()
        message.clientID = client?.text ?? ""
        message.header1 = first.protobuf
        message.header2 = second.protobuf
        return message
    }
}
