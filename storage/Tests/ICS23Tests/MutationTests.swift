import ICS23
import Testing

/// Every byte of every published proof, mangled in three ways, must not prove the same.
@Suite("A mangled proof")
struct MutationTests {
    @Test("proves nothing, whichever byte was mangled", arguments: ProofVector.all)
    func isRefused(vector: ProofVector) throws {
        try vector.verify(vector.proof)
        let note = try noteRange(in: vector)
        for position in vector.proof.indices {
            for mask: UInt8 in [0x01, 0x10, 0x80] {
                var mangled = vector.proof
                mangled[position] ^= mask
                let accepted = isAccepted { try vector.verify(mangled) }
                // The one exception: the key that a non-existence proof notes. It decides nothing, for the gap between
                // the neighbours proves the absence of every key in it, whatever the note says.
                #expect(accepted == note.contains(position), "byte \(position) ^ \(mask)")
            }
        }
    }

    @Test("proves nothing when a byte is missing or too many", arguments: ProofVector.all)
    func isWhole(vector: ProofVector) throws {
        for count in 0..<vector.proof.count {
            #expect(!isAccepted { try vector.verify(Array(vector.proof.prefix(count))) }, "\(count) bytes")
        }
        for extra: UInt8 in [0x00, 0x0A, 0x12, 0xFF] {
            #expect(!isAccepted { try vector.verify(vector.proof + [extra]) })
        }
    }

    @Test("proves nothing when a step is missing, doubled, or out of order", arguments: ProofVector.all)
    func hasItsSteps(vector: ProofVector) throws {
        guard case .existence(let proof) = try CommitmentProof(decoding: vector.proof) else { return }
        for index in proof.path.indices {
            var missing = proof.path
            missing.remove(at: index)
            var doubled = proof.path
            doubled.insert(proof.path[index], at: index)
            var swapped = proof.path
            swapped.swapAt(index, (index + 1) % proof.path.count)
            for path in [missing, doubled, swapped] where path != proof.path {
                let mangled = ExistenceProof(key: proof.key, value: proof.value, leaf: proof.leaf, path: path)
                #expect(!isAccepted { try vector.verify(.existence(mangled), spec: vector.spec) }, "step \(index)")
            }
        }
    }

    /// Where the noted key of a non-existence proof stands; empty for an existence proof.
    private func noteRange(in vector: ProofVector) throws -> Range<Int> {
        guard case .nonExistence(let proof) = try CommitmentProof(decoding: vector.proof) else { return 0..<0 }
        // Tag and length of the outer message, then tag and length of the key.
        let lengthCount = vector.proof.count < 2 + 0x80 ? 1 : 2
        let start = 1 + lengthCount + 2
        try #require(Array(vector.proof[start..<start + proof.key.count]) == proof.key)
        return start..<start + proof.key.count
    }
}
