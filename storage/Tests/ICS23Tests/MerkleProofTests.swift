import Testing

@testable import ICS23

@Suite("A chained proof")
struct MerkleProofTests {
    private let state: ModelTree
    private let multistore: Multistore
    private let specs = [ProofSpec.smt, .tendermint]
    private let path = MerklePath(["state", "acks/1"])
    private let value = Array("received".utf8)

    init() throws {
        state = .smt([(Array("acks/1".utf8), Array("received".utf8))] + (UInt8(1)..<9).map { ([$0], [$0]) })
        multistore = try Multistore([
            Multistore.Store(name: "events", root: ModelTree.hash([1])),
            Multistore.Store(name: "modules", root: ModelTree.hash([2])),
            Multistore.Store(name: "state", root: state.root),
        ])
    }

    private func membership() throws -> MerkleProof {
        let lowest = try #require(state.proofs.first { $0.value == value })
        return MerkleProof(proofs: [.existence(lowest), .existence(try multistore.existenceProof(of: "state"))])
    }

    private func nonMembership(of key: String) throws -> MerkleProof {
        let lowest = state.nonExistenceProof(of: Array(key.utf8))
        return MerkleProof(proofs: [.nonExistence(lowest), .existence(try multistore.existenceProof(of: "state"))])
    }

    @Test("shows a value in the lowest tree, and that tree's root in the next")
    func provesMembership() throws {
        let proof = try MerkleProof(decoding: membership().encoded())
        try proof.verifyMembership(specs: specs, root: multistore.root, path: path, value: value)
    }

    @Test("shows that the lowest tree has no value")
    func provesNonMembership() throws {
        let proof = try MerkleProof(decoding: nonMembership(of: "acks/2").encoded())
        let path = MerklePath(["state", "acks/2"])
        try proof.verifyNonMembership(specs: specs, root: multistore.root, path: path)
        expectRefusal(.outsideGap) {
            try proof.verifyNonMembership(specs: specs, root: multistore.root, path: self.path)
        }
    }

    @Test("shows nothing of another value, key, store or root")
    func provesOneStatement() throws {
        let proof = try membership()
        func verify(root: [UInt8]? = nil, path: MerklePath? = nil, value: [UInt8]? = nil) throws {
            try proof.verifyMembership(
                specs: specs,
                root: root ?? multistore.root,
                path: path ?? self.path,
                value: value ?? self.value
            )
        }
        expectRefusal(.valueMismatch) { try verify(value: [1]) }
        expectRefusal(.keyMismatch) { try verify(path: MerklePath(["state", "acks/2"])) }
        expectRefusal(.keyMismatch) { try verify(path: MerklePath(["events", "acks/1"])) }
        expectRefusal(.keyMismatch) { try verify(path: MerklePath(["acks/1", "state"])) }
        expectRefusal(.rootMismatch) { try verify(root: state.root) }
        expectRefusal(.chainMismatch) { try verify(path: MerklePath(["acks/1"])) }
        expectRefusal(.chainMismatch) { try verify(path: MerklePath(["ibc", "state", "acks/1"])) }
    }

    @Test("shows nothing when its trees do not hang together")
    func needsEveryLink() throws {
        let proof = try membership()
        let events = try multistore.existenceProof(of: "events")
        func verify(_ proofs: [CommitmentProof], specs: [ProofSpec]? = nil, path: MerklePath? = nil) throws {
            try MerkleProof(proofs: proofs).verifyMembership(
                specs: specs ?? self.specs,
                root: multistore.root,
                path: path ?? self.path,
                value: value
            )
        }
        expectRefusal(.keyMismatch) { try verify([proof.proofs[0], .existence(events)]) }
        expectRefusal(.valueMismatch) {
            try verify([proof.proofs[0], .existence(events)], path: MerklePath(["events", "acks/1"]))
        }
        expectRefusal(.keyMismatch) { try verify(proof.proofs.reversed()) }
        expectRefusal(.leafMismatch) { try verify(proof.proofs, specs: specs.reversed()) }
        expectRefusal(.chainMismatch) { try verify([proof.proofs[0]]) }
        expectRefusal(.chainMismatch) { try verify([], specs: [], path: MerklePath(keys: [])) }
    }

    @Test("takes non-existence in the lowest tree only, and batches in none")
    func needsTheRightKinds() throws {
        let absent = try nonMembership(of: "acks/2")
        let present = try membership()
        let store = present.proofs[1]
        guard case .existence(let lowest) = present.proofs[0] else { return }
        func verify(_ proofs: [CommitmentProof]) throws {
            try MerkleProof(proofs: proofs).verifyMembership(
                specs: specs,
                root: multistore.root,
                path: path,
                value: value
            )
        }
        expectRefusal(.wrongKind) { try verify(absent.proofs) }
        expectRefusal(.wrongKind) { try verify([present.proofs[0], absent.proofs[0]]) }
        expectRefusal(.wrongKind) { try verify([.batch([.existence(lowest)]), store]) }
        expectRefusal(.wrongKind) {
            try present.verifyNonMembership(specs: specs, root: multistore.root, path: path)
        }
        expectRefusal(.wrongKind) {
            try MerkleProof(proofs: [absent.proofs[0], absent.proofs[0]])
                .verifyNonMembership(specs: specs, root: multistore.root, path: MerklePath(["state", "acks/2"]))
        }
    }

    @Test("of one tree needs no other")
    func mayHaveOneTree() throws {
        let proof = MerkleProof(proofs: [try membership().proofs[0]])
        let path = MerklePath(["acks/1"])
        try proof.verifyMembership(specs: [.smt], root: state.root, path: path, value: value)
    }

    @Test("tells in which tree it fails")
    func tellsTheTree() throws {
        do {
            try membership().verifyMembership(
                specs: specs,
                root: multistore.root,
                path: MerklePath(["events", "acks/1"]),
                value: value
            )
            Issue.record("It was accepted.")
        } catch let error as ICS23Error {
            #expect(error.message.hasPrefix("In tree 2 of 2"))
        }
    }
}
