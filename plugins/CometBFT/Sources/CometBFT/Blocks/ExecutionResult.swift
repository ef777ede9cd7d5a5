import CometBFTProtobuf
import Foundation

/// What became of a transaction, as far as the next header covers it (CometBFT 0.38, `ExecTxResult`, deterministic part).
public struct ExecutionResult: Hashable, Sendable {
    /// 0 when the transaction did what it asked for.
    public let code: UInt32
    /// What the application returned.
    public let data: [UInt8]
    /// The gas that the transaction asked for.
    public let gasWanted: Int64
    /// The gas that it used.
    public let gasUsed: Int64

    /// Describes a result.
    public init(code: UInt32, data: [UInt8] = [], gasWanted: Int64 = 0, gasUsed: Int64 = 0) {
        self.code = code
        self.data = data
        self.gasWanted = gasWanted
        self.gasUsed = gasUsed
    }

    /// The protobuf bytes.
    var encoded: [UInt8] {
        var message = Tendermint_Abci_ExecTxResult()
        message.code = code
        message.data = Data(data)
        message.gasWanted = gasWanted
        message.gasUsed = gasUsed
        return message.encodedBytes
    }
}

extension [ExecutionResult] {
    /// The `last_results_hash` of the next header: the Merkle root over the encoded results.
    public var hash: Hash32 {
        MerkleTree.root(of: map(\.encoded))
    }
}
