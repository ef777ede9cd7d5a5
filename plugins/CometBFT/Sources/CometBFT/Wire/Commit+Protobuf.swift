public import CometBFTProtobuf
import Foundation

extension CommitSignature: ProtobufRepresentable {
    /// Checks a message and takes it over.
    ///
    /// - Throws: `unknownValue` for another flag than the three, `inconsistent` when an absent entry has anything else in it.
    public init(protobuf: Tendermint_Types_CommitSig) throws(CometBFTError) {
        let timestamp = try required(protobuf.timestamp, if: protobuf.hasTimestamp, "timestamp")
        let time = try BlockTime(protobuf: timestamp)
        switch protobuf.blockIDFlag {
        case .absent:
            guard protobuf.validatorAddress.isEmpty, protobuf.signature.isEmpty, time == .zero else {
                throw CometBFTError(.inconsistent, "an absent entry has no address, no signature and the zero time")
            }
            self = .absent
        case .commit:
            self = .commit(try Signed(protobuf, at: time))
        case .nil:
            self = .nil(try Signed(protobuf, at: time))
        case .unknown, .UNRECOGNIZED:
            throw CometBFTError(
                .unknownValue,
                "block_id_flag is absent (1), commit (2) or nil (3), not \(protobuf.blockIDFlag.rawValue)"
            )
        }
    }

    /// The message. Where nobody signed, it holds the zero time.
    public var protobuf: Tendermint_Types_CommitSig {
        var message = Tendermint_Types_CommitSig()
        message.timestamp = (signed?.timestamp ?? .zero).protobuf
        message.validatorAddress = Data(signed?.address.bytes ?? [])
        message.signature = Data(signed?.signature ?? [])
        message.blockIDFlag =
            switch self {
            case .absent: .absent
            case .commit: .commit
            case .nil: .nil
            }
        return message
    }
}

extension CommitSignature.Signed {
    fileprivate init(_ protobuf: Tendermint_Types_CommitSig, at time: BlockTime) throws(CometBFTError) {
        try self.init(
            address: ValidatorAddress([UInt8](protobuf.validatorAddress)),
            timestamp: time,
            signature: [UInt8](protobuf.signature)
        )
    }
}

extension Commit: ProtobufRepresentable {
    /// Two MiB: 10 000 entries have little more than one.
    public static var maximumEncodedByteCount: Int { 2 << 20 }

    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_Commit) throws(CometBFTError) {
        let blockID = try required(protobuf.blockID, if: protobuf.hasBlockID, "block_id")
        var signatures: [CommitSignature] = []
        for (index, signature) in protobuf.signatures.enumerated() {
            signatures.append(
                try checking("signature \(index)") { () throws(CometBFTError) in
                    try CommitSignature(protobuf: signature)
                }
            )
        }
        try self.init(
            height: protobuf.height,
            round: protobuf.round,
            blockID: checking("block_id") { () throws(CometBFTError) in try BlockID(protobuf: blockID) },
            signatures: signatures
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_Commit {
        var message = Tendermint_Types_Commit()
        message.height = height
        message.round = round
        message.blockID = blockID.protobuf
        message.signatures = signatures.map(\.protobuf)
        return message
    }
}

extension SignedHeader: ProtobufRepresentable {
    /// As much as a commit.
    public static var maximumEncodedByteCount: Int { Commit.maximumEncodedByteCount }

    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_SignedHeader) throws(CometBFTError) {
        let header = try required(protobuf.header, if: protobuf.hasHeader, "header")
        let commit = try required(protobuf.commit, if: protobuf.hasCommit, "commit")
        try self.init(
            header: checking("header") { () throws(CometBFTError) in try Header(protobuf: header) },
            commit: checking("commit") { () throws(CometBFTError) in try Commit(protobuf: commit) }
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_SignedHeader {
        var message = Tendermint_Types_SignedHeader()
        message.header = header.protobuf
        message.commit = commit.protobuf
        return message
    }
}

extension LightBlock: ProtobufRepresentable {
    /// A signed header and a validator set.
    public static var maximumEncodedByteCount: Int {
        SignedHeader.maximumEncodedByteCount + ValidatorSet.maximumEncodedByteCount
    }

    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_LightBlock) throws(CometBFTError) {
        let signedHeader = try required(protobuf.signedHeader, if: protobuf.hasSignedHeader, "signed_header")
        let validators = try required(protobuf.validatorSet, if: protobuf.hasValidatorSet, "validator_set")
        try self.init(
            signedHeader: checking("signed_header") { () throws(CometBFTError) in
                try SignedHeader(protobuf: signedHeader)
            },
            validators: checking("validator_set") { () throws(CometBFTError) in
                try ValidatorSet(protobuf: validators)
            }
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_LightBlock {
        var message = Tendermint_Types_LightBlock()
        message.signedHeader = signedHeader.protobuf
        message.validatorSet = validators.protobuf
        return message
    }
}
