import IBC
import ICS23

/// A small store under the name `ibc`, beside another one, with proofs of all that is in it and of all that is not.
struct ProvenStore {
    static let specs: [ProofSpec] = [.tendermint, .tendermint]

    private let paths: [String]
    private let store: Multistore
    private let stores: Multistore

    init(_ entries: [(path: StorePath, value: [UInt8])]) throws {
        paths = entries.map(\.path.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        store = try Multistore(entries.map { Multistore.Store(name: $0.path.text, root: $0.value) })
        stores = try Multistore([
            Multistore.Store(name: "bank", root: [7]), Multistore.Store(name: "ibc", root: store.root),
        ])
    }

    /// What a header calls its app hash.
    var root: [UInt8] { stores.root }

    func membership(of path: StorePath) throws -> MerkleProof {
        try chained(.existence(store.existenceProof(of: path.text)))
    }

    func nonMembership(of path: StorePath) throws -> MerkleProof {
        let left = paths.last { $0.utf8.lexicographicallyPrecedes(path.text.utf8) }
        let right = paths.first { path.text.utf8.lexicographicallyPrecedes($0.utf8) }
        return try chained(
            .nonExistence(
                NonExistenceProof(
                    key: path.key,
                    left: left.map { try store.existenceProof(of: $0) },
                    right: right.map { try store.existenceProof(of: $0) }
                )
            )
        )
    }

    private func chained(_ proof: CommitmentProof) throws -> MerkleProof {
        try MerkleProof(proofs: [proof, .existence(stores.existenceProof(of: "ibc"))])
    }
}
