import Foundation
import SwiftProtobuf

extension Header {
    /// The hash that names the block: the Merkle root over the 14 fields in their order.
    ///
    /// Simple fields are wrapped in protobuf's wrapper messages first, so that an empty one is an empty leaf.
    /// Source: CometBFT 0.38, `Header.Hash`.
    public var hash: Hash32 {
        MerkleTree.root(of: [
            version.encoded,
            Google_Protobuf_StringValue(chainID).encodedBytes,
            Google_Protobuf_Int64Value(height).encodedBytes,
            time.protobuf.encodedBytes,
            lastBlockID.encoded,
            Self.leaf(lastCommitHash?.bytes ?? []),
            Self.leaf(dataHash?.bytes ?? []),
            Self.leaf(validatorsHash.bytes),
            Self.leaf(nextValidatorsHash.bytes),
            Self.leaf(consensusHash.bytes),
            Self.leaf(appHash),
            Self.leaf(lastResultsHash?.bytes ?? []),
            Self.leaf(evidenceHash?.bytes ?? []),
            Self.leaf(proposerAddress.bytes),
        ])
    }

    private static func leaf(_ bytes: [UInt8]) -> [UInt8] {
        Google_Protobuf_BytesValue(Data(bytes)).encodedBytes
    }
}
