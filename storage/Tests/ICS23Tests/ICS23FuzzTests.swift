import Foundation
import ICS23
import StorageTestSupport
import Testing

/// Whatever a stranger sends, parser and verifier answer; they never trap, and no answer is a wrong yes.
///
/// `MESH_FUZZ_CASES` sets how many cases each test has.
@Suite("Whatever is sent")
struct ICS23FuzzTests {
    private static let defaultCaseCount = 2000

    private let caseCount: Int

    init() throws {
        let text = ProcessInfo.processInfo.environment["MESH_FUZZ_CASES"] ?? String(Self.defaultCaseCount)
        caseCount = try #require(Int(text).flatMap { $0 > 0 ? $0 : nil }, "MESH_FUZZ_CASES is a number above 0")
    }

    @Test("a mangled proof is refused or proves what it did")
    func mangledProofs() throws {
        var random = SplitMix64.seeded()
        let vectors = ProofVector.all
        for _ in 0..<caseCount {
            let vector = try #require(vectors.randomElement(using: &random))
            let proof = mangled(vector.proof, among: vectors, using: &random)
            guard isAccepted({ try vector.verify(proof) }) else { continue }
            // Only the noted key may differ, or nothing.
            #expect(
                try withoutNote(CommitmentProof(decoding: proof))
                    == withoutNote(CommitmentProof(decoding: vector.proof))
            )
        }
    }

    @Test("noise is refused")
    func noise() {
        var random = SplitMix64.seeded()
        for _ in 0..<caseCount {
            let bytes = random.bytes(0...200)
            #expect((try? CommitmentProof(decoding: bytes))?.isWellFormed ?? true)
            #expect((try? MerkleProof(decoding: bytes))?.proofs.allSatisfy(\.isWellFormed) ?? true)
        }
    }

    @Test("what is read is written as it was read")
    func roundTrips() throws {
        var random = SplitMix64.seeded()
        let vectors = ProofVector.all
        for _ in 0..<caseCount {
            let vector = try #require(vectors.randomElement(using: &random))
            let bytes = mangled(vector.proof, among: vectors, using: &random)
            guard let proof = try? CommitmentProof(decoding: bytes) else { continue }
            // A compressed batch is written as the batch that it stands for.
            if case .batch = proof { continue }
            #expect(try proof.encoded() == bytes)
        }
    }

    @Test("a mangled specification is refused, or read as it is written and used")
    func mangledSpecs() throws {
        var random = SplitMix64.seeded()
        var readCount = 0
        for _ in 0..<caseCount {
            let published = [ProofSpec.iavl, .smt, .tendermint].randomElement(using: &random) ?? .iavl
            var bytes = try published.encoded()
            let position = Int.random(in: 0..<bytes.count, using: &random)
            bytes[position] = UInt8.random(in: 0...255, using: &random)
            guard let spec = try? ProofSpec(decoding: bytes) else { continue }
            readCount += 1
            #expect(try spec.encoded() == bytes)
            let vector = try #require(ProofVector.all.randomElement(using: &random))
            let proof = try CommitmentProof(decoding: vector.proof)
            // Between specifications of the same operations and sizes only the depths may differ.
            if isAccepted({ try vector.verify(proof, spec: spec) }) {
                #expect(spec.leaf.hash == vector.spec.leaf.hash && spec.inner.hash == vector.spec.inner.hash)
            }
        }
        #expect(readCount > 0)
    }

    @Test("proofs of arbitrary form under arbitrary specifications are answered")
    func arbitraryForms() throws {
        var random = SplitMix64.seeded()
        var specCount = 0
        for _ in 0..<caseCount {
            guard let spec = arbitrarySpec(using: &random) else { continue }
            specCount += 1
            let left = arbitraryProof(of: spec, using: &random)
            let right = arbitraryProof(of: spec, using: &random)
            let gap = NonExistenceProof(key: [], left: Bool.random(using: &random) ? left : nil, right: right)
            let key = random.bytes(0...3)
            // Random hashes never meet: a proof of two unrelated leaves is no proof.
            if gap.left != nil {
                #expect(!isAccepted { try gap.verify(spec: spec, root: try right.root(), key: key) })
            } else {
                _ = isAccepted { try gap.verify(spec: spec, root: try right.root(), key: key) }
            }
            let chain = MerkleProof(proofs: [.nonExistence(gap), .existence(left)])
            let path = MerklePath(keys: [left.key, key])
            #expect(
                !isAccepted { try chain.verifyNonMembership(specs: [spec, spec], root: try left.root(), path: path) }
            )
        }
        #expect(specCount > caseCount / 20)
    }

    /// Bytes after one to four changes: of bytes, of their number, or by a piece of another proof.
    private func mangled(_ bytes: [UInt8], among vectors: [ProofVector], using random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let position = Int.random(in: 0..<max(1, bytes.count), using: &random)
            let end = min(bytes.count, position + Int.random(in: 0...40, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where !bytes.isEmpty: bytes[position] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(min(position, end)..<end)
            case 2: bytes.insert(contentsOf: random.bytes(1...8), at: min(position, bytes.count))
            case 3: bytes.insert(contentsOf: bytes[min(position, end)..<end], at: end)
            default:
                let other = vectors.randomElement(using: &random)?.proof ?? []
                let range = min(position, other.count)..<min(position + 40, other.count)
                bytes.replaceSubrange(min(position, end)..<end, with: other[range])
            }
        }
        return bytes
    }

    private func arbitrarySpec(using random: inout SplitMix64) -> ProofSpec? {
        let published = [ProofSpec.iavl, .smt, .tendermint].randomElement(using: &random) ?? .iavl
        if Int.random(in: 0..<4, using: &random) == 0 { return published }
        let size = Int.random(in: -1...70, using: &random)
        let inner = try? InnerSpec(
            childOrder: Array(0..<Int.random(in: 0...5, using: &random)).shuffled(using: &random),
            childSize: size,
            minimumPrefixLength: Int.random(in: -1...4, using: &random),
            maximumPrefixLength: Int.random(in: 0...20, using: &random),
            emptyChild: Bool.random(using: &random) ? [] : Array(repeating: 0, count: max(0, size)),
            hash: HashOp.allCases.randomElement(using: &random) ?? .sha256
        )
        return inner.flatMap {
            try? ProofSpec(
                leaf: published.leaf,
                inner: $0,
                minimumDepth: Int.random(in: 0...2, using: &random),
                maximumDepth: Int.random(in: 0...4, using: &random),
                prehashesKeyBeforeComparison: Bool.random(using: &random)
            )
        }
    }

    /// A proof whose steps mostly have a form that the specification allows.
    private func arbitraryProof(of spec: ProofSpec, using random: inout SplitMix64) -> ExistenceProof {
        let inner = spec.inner
        let path = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let place = Int.random(in: 0..<inner.childOrder.count, using: &random)
            let start = Int.random(in: inner.minimumPrefixLength...inner.maximumPrefixLength, using: &random)
            func siblings(_ count: Int) -> [UInt8] {
                let count = count * inner.childSize
                return Bool.random(using: &random) ? random.bytes(count...count) : Array(repeating: 0, count: count)
            }
            return InnerOp(
                hash: inner.hash,
                prefix: Array(repeating: 2, count: start) + siblings(place),
                suffix: siblings(inner.childOrder.count - 1 - place)
            )
        }
        return ExistenceProof(key: random.bytes(1...3), value: random.bytes(1...3), leaf: spec.leaf, path: path)
    }

    private func withoutNote(_ proof: CommitmentProof) -> CommitmentProof {
        guard case .nonExistence(let gap) = proof else { return proof }
        return .nonExistence(NonExistenceProof(key: [], left: gap.left, right: gap.right))
    }
}

extension CommitmentProof {
    /// Whether every path is within the bounds, and every gap has a side.
    fileprivate var isWellFormed: Bool {
        switch self {
        case .existence(let proof): proof.path.count <= ProofBounds.maximumStepCount
        case .nonExistence(let gap): gap.left != nil || gap.right != nil
        case .batch(let entries): entries.count <= ProofBounds.maximumEntryCount
        }
    }
}
