import Foundation
import Testing

@testable import ICS23

@Suite("A batch")
struct BatchTests {
    private let tree: ModelTree
    private let absent: [[UInt8]] = [[0], [4, 9], [7, 9, 9], [255]]
    private let entries: [CommitmentProof.Entry]

    init() {
        let tree = ModelTree.smt((UInt8(1)..<12).map { ([$0], [$0, $0]) })
        self.tree = tree
        entries = tree.proofs.map { .existence($0) } + absent.map { .nonExistence(tree.nonExistenceProof(of: $0)) }
    }

    /// The same batch with every step in a table.
    private func compressed(_ entries: [CommitmentProof.Entry]) -> ProtoCommitmentProof {
        var table: [InnerOp] = []
        func compress(_ proof: ExistenceProof) -> ProtoCompressedExistenceProof {
            var wire = ProtoCompressedExistenceProof()
            wire.key = Data(proof.key)
            wire.value = Data(proof.value)
            wire.leaf = proof.leaf.wire
            wire.path = proof.path.map { step in
                let position = table.firstIndex(of: step) ?? table.endIndex
                if position == table.endIndex { table.append(step) }
                return Int32(position)
            }
            return wire
        }
        var batch = ProtoCompressedBatchProof()
        batch.entries = entries.map { entry in
            var wire = ProtoCompressedBatchEntry()
            switch entry {
            case .existence(let proof):
                wire.exist = compress(proof)
            case .nonExistence(let proof):
                wire.nonexist.key = Data(proof.key)
                if let left = proof.left { wire.nonexist.left = compress(left) }
                if let right = proof.right { wire.nonexist.right = compress(right) }
            }
            return wire
        }
        batch.lookupInners = table.map(\.wire)
        var wire = ProtoCommitmentProof()
        wire.compressed = batch
        return wire
    }

    @Test("proves every one of its statements, and no others")
    func provesItsStatements() throws {
        let batch = CommitmentProof.batch(entries)
        let items = tree.proofs.map { (key: $0.key, value: $0.value) }
        try batch.verifyMembership(spec: tree.spec, root: tree.root, items: items)
        try batch.verifyNonMembership(spec: tree.spec, root: tree.root, keys: absent)
        expectRefusal(.notInBatch) {
            try batch.verifyMembership(spec: tree.spec, root: tree.root, items: items + [(key: [99], value: [99])])
        }
        expectRefusal(.valueMismatch) {
            try batch.verifyMembership(spec: tree.spec, root: tree.root, items: items + [(key: [1], value: [99])])
        }
        expectRefusal(.notInBatch) {
            try batch.verifyNonMembership(spec: tree.spec, root: tree.root, keys: absent + [[1]])
        }
        expectRefusal(.rootMismatch) { try batch.verifyMembership(spec: tree.spec, root: [1], items: items) }
    }

    @Test("is read from what it writes")
    func survivesTheWire() throws {
        let batch = CommitmentProof.batch(entries)
        #expect(try CommitmentProof(decoding: batch.encoded()) == batch)
    }

    @Test("that is compressed is read as the one it stands for")
    func decompresses() throws {
        let bytes = try compressed(entries).encoded()
        #expect(try CommitmentProof(decoding: bytes) == .batch(entries))
        #expect(try bytes.count < CommitmentProof.batch(entries).encoded().count)
    }

    @Test("that is compressed may not point outside its table", arguments: [-1, Int32.min, Int32.max, 1000])
    func refusesPositionsOutside(position: Int32) {
        var wire = compressed(entries)
        wire.compressed.entries[0].exist.path[0] = position
        expectRefusal(.outOfRange) { _ = try CommitmentProof(wire) }
    }

    @Test("may be empty, and then proves nothing")
    func mayBeEmpty() throws {
        var wire = ProtoCommitmentProof()
        wire.batch = ProtoBatchProof()
        let batch = try CommitmentProof(decoding: wire.encoded())
        expectRefusal(.notInBatch) {
            try batch.verifyMembership(spec: tree.spec, root: tree.root, key: [1], value: [1, 1])
        }
    }

    @Test("has no root of its own")
    func hasNoRoot() {
        expectRefusal(.wrongKind) { _ = try CommitmentProof.batch(entries).root() }
    }
}
