import SwiftProtobuf

extension CommitmentProof {
    /// Reads a proof; only the canonical encoding is one. A compressed batch becomes the batch that it stands for.
    ///
    /// - Throws: `tooLarge`, `malformed` or `notCanonical`; as ``init(_:)``.
    public init(decoding bytes: [UInt8]) throws(ICS23Error) {
        self = try ProtoCommitmentProof.decoding(bytes) { (wire) throws(ICS23Error) in try CommitmentProof(wire) }
    }

    /// Takes over a received proof.
    ///
    /// - Throws: `unknownField`, `unknownValue`, `missingField`, `tooLarge`, or `outOfRange` in a compressed batch.
    public init(_ wire: ProtoCommitmentProof) throws(ICS23Error) {
        try wire.refuseUnknownFields()
        switch try require(wire.proof, "proof in a commitment proof") {
        case .exist(let proof):
            self = .existence(try ExistenceProof(proof))
        case .nonexist(let proof):
            self = .nonExistence(try NonExistenceProof(proof))
        case .batch(let batch):
            self = .batch(try Self.entries(batch))
        case .compressed(let batch):
            self = .batch(try Self.entries(batch))
        }
    }

    /// The message to send. Batches are sent uncompressed.
    public var wire: ProtoCommitmentProof {
        .with {
            switch self {
            case .existence(let proof):
                $0.exist = proof.wire
            case .nonExistence(let proof):
                $0.nonexist = proof.wire
            case .batch(let entries):
                $0.batch = .with { $0.entries = entries.map(\.wire) }
            }
        }
    }

    /// The canonical encoding.
    ///
    /// - Throws: `tooLarge`.
    public func encoded() throws(ICS23Error) -> [UInt8] {
        try wire.encoded()
    }

    private static func entries(_ batch: ProtoBatchProof) throws(ICS23Error) -> [Entry] {
        try batch.refuseUnknownFields()
        try checkCount(batch.entries.count, ProofBounds.maximumEntryCount, "entries of a batch")
        return try batch.entries.map { (entry) throws(ICS23Error) in
            try entry.refuseUnknownFields()
            switch try require(entry.proof, "proof in an entry of a batch") {
            case .exist(let proof): return .existence(try ExistenceProof(proof))
            case .nonexist(let proof): return .nonExistence(try NonExistenceProof(proof))
            }
        }
    }

    private static func entries(_ batch: ProtoCompressedBatchProof) throws(ICS23Error) -> [Entry] {
        try batch.refuseUnknownFields()
        try checkCount(batch.entries.count, ProofBounds.maximumEntryCount, "entries of a batch")
        let steps = try batch.lookupInners.map { (step) throws(ICS23Error) in try InnerOp(step) }
        return try batch.entries.map { (entry) throws(ICS23Error) in
            try entry.refuseUnknownFields()
            switch try require(entry.proof, "proof in an entry of a batch") {
            case .exist(let proof): return .existence(try ExistenceProof(proof, steps: steps))
            case .nonexist(let proof): return .nonExistence(try NonExistenceProof(proof, steps: steps))
            }
        }
    }
}

extension CommitmentProof.Entry {
    /// The message to send.
    fileprivate var wire: ProtoBatchEntry {
        .with {
            switch self {
            case .existence(let proof): $0.exist = proof.wire
            case .nonExistence(let proof): $0.nonexist = proof.wire
            }
        }
    }
}
