import Foundation
import Testing

@testable import ICS23

@Suite("Bytes from a stranger")
struct DecodingTests {
    private let proof = ExistenceProof(
        key: [1],
        value: [2],
        leaf: ProofSpec.smt.leaf,
        path: [InnerOp(hash: .sha256, prefix: [1], suffix: Array(repeating: 7, count: 32))]
    )

    private func wire(_ change: (inout ProtoExistenceProof) -> Void) -> ProtoCommitmentProof {
        var wire = ProtoCommitmentProof()
        wire.exist = proof.wire
        change(&wire.exist)
        return wire
    }

    /// A field of bytes, fewer than 128.
    private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }

    @Test("that are no message are refused")
    func refusesNoise() {
        for bytes: [UInt8] in [[0x0A], [0x0A, 5, 1], [0xFF], [0x0A, 0x80, 0x80], [0x08, 1, 0x00]] {
            expectRefusal(.malformed, "\(bytes)") { _ = try CommitmentProof(decoding: bytes) }
        }
    }

    @Test("with nothing in them are no proof")
    func refusesNothing() {
        expectRefusal(.missingField) { _ = try CommitmentProof(decoding: []) }
        expectRefusal(.missingField) { _ = try CommitmentProof(decoding: [0x0A, 0]) }
        expectRefusal(.missingField) { _ = try CommitmentProof(decoding: [0x12, 0]) }
        expectRefusal(.missingField) { _ = try CommitmentProof(decoding: [0x1A, 2, 0x0A, 0]) }
        expectRefusal(.missingField) { _ = try ProofSpec(decoding: []) }
    }

    @Test("with unknown fields are refused, wherever these stand")
    func refusesUnknownFields() throws {
        // Field 15, a number, at the end of every kind of message.
        let unknown: [UInt8] = [0x78, 1]
        let (leaf, step) = (try proof.leaf.wire.encoded(), try proof.path[0].wire.encoded())
        func encoding(leaf: [UInt8], step: [UInt8], rest: [UInt8]) -> [UInt8] {
            field(1, field(1, [1]) + field(2, [2]) + field(3, leaf) + field(4, step) + rest)
        }
        try #require(try CommitmentProof(decoding: encoding(leaf: leaf, step: step, rest: [])) == .existence(proof))
        for bytes in [
            encoding(leaf: leaf + unknown, step: step, rest: []),
            encoding(leaf: leaf, step: step + unknown, rest: []),
            encoding(leaf: leaf, step: step, rest: unknown),
            encoding(leaf: leaf, step: step, rest: []) + unknown,
        ] {
            expectRefusal(.unknownField) { _ = try CommitmentProof(decoding: bytes) }
            expectRefusal(.unknownField) { _ = try MerkleProof(decoding: field(1, bytes)) }
        }
        for spec in [ProofSpec.iavl, .smt] {
            let bytes = try spec.encoded()
            expectRefusal(.unknownField) { _ = try ProofSpec(decoding: bytes + unknown) }
        }
        // The exclusion proofs of an unreleased branch are field 5.
        expectRefusal(.unknownField) { _ = try CommitmentProof(decoding: [0x2A, 2, 0x0A, 0]) }
        expectRefusal(.unknownField) { _ = try MerkleProof(decoding: unknown) }
    }

    @Test("with values of enumerations that are not known are refused")
    func refusesUnknownValues() {
        for number in [10, 99, -1] {
            expectRefusal(.unknownValue) { _ = try CommitmentProof(wire { $0.leaf.hash = .UNRECOGNIZED(number) }) }
            expectRefusal(.unknownValue) {
                _ = try CommitmentProof(wire { $0.leaf.prehashKey = .UNRECOGNIZED(number) })
            }
            expectRefusal(.unknownValue) { _ = try CommitmentProof(wire { $0.leaf.length = .UNRECOGNIZED(number) }) }
            expectRefusal(.unknownValue) { _ = try CommitmentProof(wire { $0.path[0].hash = .UNRECOGNIZED(number) }) }
        }
    }

    @Test("without a leaf are no proof")
    func needsLeaf() {
        expectRefusal(.missingField) { _ = try CommitmentProof(wire { $0.clearLeaf() }) }
    }

    @Test("that are not the canonical encoding are refused")
    func refusesOtherEncodings() throws {
        let canonical = try CommitmentProof.existence(proof).encoded()
        let inner = Array(canonical.dropFirst(2))
        try #require(canonical[1] == UInt8(inner.count))
        let encodings: [String: [UInt8]] = [
            "a long length": [0x0A, UInt8(inner.count) | 0x80, 0] + inner,
            "the key twice": [0x0A, UInt8(inner.count + 3), 0x0A, 1, 9] + inner,
            "value before key": [0x0A, UInt8(inner.count)] + inner[3..<6] + inner[0..<3] + inner[6...],
            "two halves": [0x0A, 6] + inner[0..<6] + [0x0A, UInt8(inner.count - 6)] + inner[6...],
            "another proof before": [0x12, 0] + canonical,
        ]
        for (name, bytes) in encodings.sorted(by: { $0.key < $1.key }) {
            expectRefusal(.notCanonical, "\(name)") { _ = try CommitmentProof(decoding: bytes) }
        }
        #expect(try CommitmentProof(decoding: canonical) == .existence(proof))
    }

    @Test("over the bounds are refused")
    func refusesTooMuch() throws {
        let step = proof.path[0].wire
        expectRefusal(.tooLarge) { _ = try CommitmentProof(wire { $0.path = Array(repeating: step, count: 257) }) }
        expectRefusal(.tooLarge) { _ = try CommitmentProof(wire { $0.leaf.prefix = Data(count: 4097) }) }
        expectRefusal(.tooLarge) { _ = try CommitmentProof(wire { $0.path[0].prefix = Data(count: 4097) }) }
        expectRefusal(.tooLarge) { _ = try CommitmentProof(wire { $0.path[0].suffix = Data(count: 4097) }) }
        expectRefusal(.tooLarge) { _ = try CommitmentProof(decoding: Array(repeating: 0, count: 1 << 20 + 1)) }
        expectRefusal(.tooLarge) { _ = try CommitmentProof(wire { $0.value = Data(count: 1 << 20) }).encoded() }
        let entries = Array(repeating: CommitmentProof.Entry.existence(proof), count: 1025)
        expectRefusal(.tooLarge) { _ = try CommitmentProof(CommitmentProof.batch(entries).wire) }
        let trees = Array(repeating: CommitmentProof.existence(proof), count: 9)
        expectRefusal(.tooLarge) { _ = try MerkleProof(MerkleProof(proofs: trees).wire) }
    }

    @Test("at the bounds are read")
    func acceptsTheBounds() throws {
        let step = InnerOp(hash: .sha256, prefix: Array(repeating: 1, count: 4096), suffix: [])
        let proof = ExistenceProof(
            key: [1],
            value: [2],
            leaf: self.proof.leaf,
            path: Array(repeating: step, count: 255) + self.proof.path
        )
        // 255 steps of over 4 KiB are just under the bytes of a message.
        #expect(try CommitmentProof(decoding: CommitmentProof.existence(proof).encoded()) == .existence(proof))
    }

    @Test("of a path are read back")
    func readsPaths() throws {
        let path = MerklePath(["ibc", "commitments/ports/transfer/channels/channel-0/sequences/1"])
        #expect(try MerklePath(path.wire) == path)
    }
}
