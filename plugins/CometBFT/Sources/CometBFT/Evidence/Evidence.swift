/// Proof that validators misbehaved.
public enum Evidence: Hashable, Sendable {
    /// A validator signed two votes for different blocks.
    case duplicateVote(DuplicateVoteEvidence)
    /// Validators signed a block that contradicts the chain, for a light client.
    case lightClientAttack(LightClientAttackEvidence)

    /// The height of the infraction: of the votes, or the last one on which attacker and chain agreed.
    public var height: Int64 {
        switch self {
        case .duplicateVote(let evidence): evidence.height
        case .lightClientAttack(let evidence): evidence.commonHeight
        }
    }

    /// The time of the block at that height.
    public var time: BlockTime {
        switch self {
        case .duplicateVote(let evidence): evidence.timestamp
        case .lightClientAttack(let evidence): evidence.timestamp
        }
    }

    /// What names this evidence, as the engine computes it.
    public var hash: Hash32 {
        switch self {
        case .duplicateVote(let evidence): evidence.hash
        case .lightClientAttack(let evidence): evidence.hash
        }
    }
}

extension [Evidence] {
    /// The `evidence_hash` of a header: the Merkle root over the protobuf of each piece, without the wrapping `Evidence`.
    public var hash: Hash32 {
        MerkleTree.root(
            of: map { piece in
                switch piece {
                case .duplicateVote(let evidence): evidence.encoded
                case .lightClientAttack(let evidence): evidence.encoded
                }
            }
        )
    }
}
