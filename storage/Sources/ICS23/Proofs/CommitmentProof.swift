/// A proof of any kind.
///
/// Compressed batches exist only on the wire: they are read as what they stand for, and never written.
public enum CommitmentProof: Hashable, Sendable {
    /// That there is a value under a key.
    case existence(ExistenceProof)
    /// That there is none.
    case nonExistence(NonExistenceProof)
    /// Several of both.
    case batch([Entry])

    /// One proof of a batch.
    public enum Entry: Hashable, Sendable {
        /// That there is a value under a key.
        case existence(ExistenceProof)
        /// That there is none.
        case nonExistence(NonExistenceProof)
    }

    /// The root to which a single proof leads. It is only a claim until it has been compared with a trusted one.
    ///
    /// - Throws: as ``ExistenceProof/root()``; `wrongKind` for a batch, whose proofs may lead to several roots.
    public func root() throws(ICS23Error) -> [UInt8] {
        switch self {
        case .existence(let proof):
            return try proof.root()
        case .nonExistence(let proof):
            return try proof.root()
        case .batch:
            throw ICS23Error(.wrongKind, "A batch has no root of its own. Send a single proof where one is asked for.")
        }
    }
}
