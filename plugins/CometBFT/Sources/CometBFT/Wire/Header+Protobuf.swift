public import CometBFTProtobuf
import Foundation

extension Header: ProtobufRepresentable {
    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_Header) throws(CometBFTError) {
        let version = try required(protobuf.version, if: protobuf.hasVersion, "version")
        let time = try required(protobuf.time, if: protobuf.hasTime, "time")
        let lastBlockID = try required(protobuf.lastBlockID, if: protobuf.hasLastBlockID, "last_block_id")
        try self.init(
            version: Version(protobuf: version),
            chainID: protobuf.chainID,
            height: protobuf.height,
            time: checking("time") { () throws(CometBFTError) in try BlockTime(protobuf: time) },
            lastBlockID: checking("last_block_id") { () throws(CometBFTError) in try BlockID(protobuf: lastBlockID) },
            lastCommitHash: Self.optionalHash(protobuf.lastCommitHash, "last_commit_hash"),
            dataHash: Self.optionalHash(protobuf.dataHash, "data_hash"),
            validatorsHash: Self.hash(protobuf.validatorsHash, "validators_hash"),
            nextValidatorsHash: Self.hash(protobuf.nextValidatorsHash, "next_validators_hash"),
            consensusHash: Self.hash(protobuf.consensusHash, "consensus_hash"),
            appHash: [UInt8](protobuf.appHash),
            lastResultsHash: Self.optionalHash(protobuf.lastResultsHash, "last_results_hash"),
            evidenceHash: Self.optionalHash(protobuf.evidenceHash, "evidence_hash"),
            proposerAddress: checking("proposer_address") { () throws(CometBFTError) in
                try ValidatorAddress([UInt8](protobuf.proposerAddress))
            }
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_Header {
        var message = Tendermint_Types_Header()
        message.version = version.protobuf
        message.chainID = chainID
        message.height = height
        message.time = time.protobuf
        message.lastBlockID = lastBlockID.protobuf
        message.lastCommitHash = Data(lastCommitHash?.bytes ?? [])
        message.dataHash = Data(dataHash?.bytes ?? [])
        message.validatorsHash = Data(validatorsHash.bytes)
        message.nextValidatorsHash = Data(nextValidatorsHash.bytes)
        message.consensusHash = Data(consensusHash.bytes)
        message.appHash = Data(appHash)
        message.lastResultsHash = Data(lastResultsHash?.bytes ?? [])
        message.evidenceHash = Data(evidenceHash?.bytes ?? [])
        message.proposerAddress = Data(proposerAddress.bytes)
        return message
    }

    private static func hash(_ bytes: Data, _ field: String) throws(CometBFTError) -> Hash32 {
        try checking(field) { () throws(CometBFTError) in try Hash32([UInt8](bytes)) }
    }

    private static func optionalHash(_ bytes: Data, _ field: String) throws(CometBFTError) -> Hash32? {
        try checking(field) { () throws(CometBFTError) in try Hash32.optional([UInt8](bytes)) }
    }
}
