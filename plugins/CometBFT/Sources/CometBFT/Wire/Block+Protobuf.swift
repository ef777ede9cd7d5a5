public import CometBFTProtobuf
import Foundation

extension Block: ProtobufRepresentable {
    /// The largest block, and room for what stands around its transactions.
    public static var maximumEncodedByteCount: Int { maximumByteCount + (1 << 20) }

    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_Block) throws(CometBFTError) {
        let header = try required(protobuf.header, if: protobuf.hasHeader, "header")
        let data = try required(protobuf.data, if: protobuf.hasData, "data")
        let list = try required(protobuf.evidence, if: protobuf.hasEvidence, "evidence")
        let commit = try required(protobuf.lastCommit, if: protobuf.hasLastCommit, "last_commit")
        var evidence: [Evidence] = []
        for (index, piece) in list.evidence.enumerated() {
            evidence.append(
                try checking("evidence \(index)") { () throws(CometBFTError) in try Evidence(protobuf: piece) }
            )
        }
        try self.init(
            header: checking("header") { () throws(CometBFTError) in try Header(protobuf: header) },
            transactions: data.txs.map { [UInt8]($0) },
            evidence: evidence,
            lastCommit: commit == Self.noCommit
                ? nil
                : checking("last_commit") { () throws(CometBFTError) in try Commit(protobuf: commit) }
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_Block {
        var message = Tendermint_Types_Block()
        message.header = header.protobuf
        message.data.txs = transactions.map { Data($0) }
        message.evidence.evidence = evidence.map(\.protobuf)
        message.lastCommit = lastCommit?.protobuf ?? Self.noCommit
        return message
    }

    /// What the engine writes as last commit of the first block.
    private static var noCommit: Tendermint_Types_Commit {
        var message = Tendermint_Types_Commit()
        message.blockID = BlockID.nil.protobuf
        return message
    }
}
