import Foundation
import SwiftProtobuf

extension MerkleProof {
    /// Reads a proof; only the canonical encoding is one.
    ///
    /// - Throws: `tooLarge`, `malformed` or `notCanonical`; as ``init(_:)``.
    public init(decoding bytes: [UInt8]) throws(ICS23Error) {
        self = try ProtoMerkleProof.decoding(bytes, write: \.written) { (wire) throws(ICS23Error) in
            try MerkleProof(wire)
        }
    }

    /// Takes over a received proof.
    ///
    /// - Throws: as ``CommitmentProof/init(_:)``.
    public init(_ wire: ProtoMerkleProof) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        try checkCount(wire.proofs.count, ProofBounds.maximumTreeCount, "trees of a proof")
        self.init(proofs: try wire.proofs.map { (proof) throws(ICS23Error) in try CommitmentProof(proof) })
    }

    /// The message to send.
    public var wire: ProtoMerkleProof {
        .with { $0.proofs = proofs.map(\.wire) }
    }

    /// The canonical encoding.
    ///
    /// - Throws: `tooLarge`.
    public func encoded() throws(ICS23Error) -> [UInt8] {
        let bytes = written
        try checkCount(bytes.count, ProofBounds.maximumByteCount, "bytes of a Merkle proof")
        return bytes
    }

    private var written: [UInt8] {
        var writer = ProofWriter()
        writer.write(self)
        return writer.bytes
    }
}

extension MerklePath {
    /// Takes over a received path.
    ///
    /// - Throws: `unknownField` or `tooLarge`.
    public init(_ wire: ProtoMerklePath) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        try checkCount(wire.keyPath.count, ProofBounds.maximumTreeCount, "keys of a path")
        self.init(keys: wire.keyPath.map { Array($0) })
    }

    /// The message to send.
    public var wire: ProtoMerklePath {
        .with { $0.keyPath = keys.map { Data($0) } }
    }
}
