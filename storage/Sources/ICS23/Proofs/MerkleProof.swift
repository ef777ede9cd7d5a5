/// A proof through several trees, as IBC uses it: every tree's root is a value of the next.
public struct MerkleProof: Hashable, Sendable {
    /// One proof for every tree, the lowest first.
    public let proofs: [CommitmentProof]

    /// Makes a proof of those of the trees, the lowest first.
    public init(proofs: [CommitmentProof]) {
        self.proofs = proofs
    }
}
