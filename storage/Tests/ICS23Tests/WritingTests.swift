import Testing

@testable import ICS23

@Suite("A proof that is written")
struct WritingTests {
    @Test("has the bytes of its message, whatever its kind")
    func isItsMessage() throws {
        let published = try ProofVector.all.map { try CommitmentProof(decoding: $0.proof) }
        #expect(!published.isEmpty)
        let entries = published.compactMap { proof -> CommitmentProof.Entry? in
            switch proof {
            case .existence(let proof): .existence(proof)
            case .nonExistence(let proof): .nonExistence(proof)
            case .batch: nil
            }
        }
        let bare = LeafOp(hash: .noHash, prehashKey: .noHash, prehashValue: .noHash, length: .noPrefix, prefix: [])
        let step = InnerOp(hash: .noHash, prefix: [], suffix: [UInt8](repeating: 1, count: 200))
        let odd = ExistenceProof(key: [], value: [UInt8](repeating: 2, count: 20_000), leaf: bare, path: [step])
        let proofs = published + [.batch(entries), .batch([]), .existence(odd)]
        for proof in proofs.map({ [$0] }) + [[], proofs] {
            let proof = MerkleProof(proofs: proof)
            #expect(try proof.encoded() == proof.wire.encoded())
        }
    }
}
