extension MerkleProof {
    /// Checks that a store of several trees holds a value at a path: the lowest tree the value, every other the root of
    /// the tree below it.
    ///
    /// - Parameters:
    ///   - specs: one for every tree, the lowest first.
    ///   - root: the outermost tree's root, from a source that the verifier trusts.
    ///   - path: one key for every tree, the outermost first.
    /// - Throws: as ``ExistenceProof/verify(spec:root:key:value:)``; `chainMismatch`; `wrongKind`, also for a batch.
    public func verifyMembership(
        specs: [ProofSpec],
        root: [UInt8],
        path: MerklePath,
        value: [UInt8]
    ) throws(ICS23Error) {
        try verify(links: try links(specs: specs, path: path)[...], value: value, root: root)
    }

    /// Checks that a store of several trees holds nothing at a path: the lowest tree lacks the key, and every other
    /// holds the root of the tree below it.
    ///
    /// - Parameters:
    ///   - specs: one for every tree, the lowest first.
    ///   - root: the outermost tree's root, from a source that the verifier trusts.
    ///   - path: one key for every tree, the outermost first.
    /// - Throws: as ``NonExistenceProof/verify(spec:root:key:)``; `chainMismatch`; `wrongKind`, also for a batch.
    public func verifyNonMembership(specs: [ProofSpec], root: [UInt8], path: MerklePath) throws(ICS23Error) {
        var links = try links(specs: specs, path: path)[...]
        let lowest = links.removeFirst()
        let subroot = try checking(lowest.place) { () throws(ICS23Error) in
            guard case .nonExistence(let proof) = lowest.proof else {
                throw ICS23Error(.wrongKind, "The lowest tree needs a proof of non-existence. Ask the sender for one.")
            }
            return try proof.root(spec: lowest.spec, key: lowest.key)
        }
        try verify(links: links, value: subroot, root: root)
    }

    /// One tree of the chain.
    private struct Link {
        let proof: CommitmentProof
        let spec: ProofSpec
        let key: [UInt8]
        let place: String
    }

    /// Pairs proofs with specifications and keys, the lowest tree first. There is at least one.
    private func links(specs: [ProofSpec], path: MerklePath) throws(ICS23Error) -> [Link] {
        guard !proofs.isEmpty, proofs.count == specs.count, proofs.count == path.keys.count else {
            throw ICS23Error(
                .chainMismatch,
                """
                There are \(proofs.count) proofs, \(specs.count) specifications and \(path.keys.count) keys, where every \
                tree needs one of each. Check the path's prefix and the client's specifications.
                """
            )
        }
        return proofs.indices.map { index in
            Link(
                proof: proofs[index],
                spec: specs[index],
                key: path.keys[path.keys.count - 1 - index],
                place: "In tree \(index + 1) of \(proofs.count), counted from the lowest"
            )
        }
    }

    /// Checks trees of which the first holds a value, each next the root of the one before, and the last has a root.
    private func verify(links: ArraySlice<Link>, value: [UInt8], root: [UInt8]) throws(ICS23Error) {
        var proven = value
        for link in links {
            proven = try checking(link.place) { () throws(ICS23Error) in
                guard case .existence(let proof) = link.proof else {
                    throw ICS23Error(.wrongKind, "A single proof of existence is needed. Ask the sender for one.")
                }
                return try proof.root(spec: link.spec, key: link.key, value: proven)
            }
        }
        guard proven == root else {
            throw ICS23Error(
                .rootMismatch,
                "The outermost tree has another root. Check that root and proof are of the same chain and height."
            )
        }
    }
}
