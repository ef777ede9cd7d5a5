extension NonExistenceProof {
    /// Checks that the tree with a root holds nothing under a key: that both neighbours are in the tree, that the key
    /// lies between them, and that nothing else does.
    ///
    /// - Parameters:
    ///   - spec: what the tree's proofs look like, as the verifier knows it.
    ///   - root: the tree's root, from a source that the verifier trusts.
    /// - Throws: as ``ExistenceProof/verify(spec:root:key:value:)`` for a neighbour; `missingField` when there is none;
    ///   `outsideGap` or `notNeighbours`.
    /// - Complexity: twice that of an existence proof.
    public func verify(spec: ProofSpec, root: [UInt8], key: [UInt8]) throws(ICS23Error) {
        guard try self.root(spec: spec, key: key) == root else {
            throw ICS23Error(
                .rootMismatch,
                "The neighbours lead to another root. Check that root and proof are of the same tree and height."
            )
        }
    }

    /// The root of the trees of a specification that hold both neighbours, and nothing under a key between them.
    func root(spec: ProofSpec, key: [UInt8]) throws(ICS23Error) -> [UInt8] {
        let leftRoot = try root(of: left, at: "In the left neighbour", spec: spec)
        let rightRoot = try root(of: right, at: "In the right neighbour", spec: spec)
        guard let root = leftRoot ?? rightRoot else { throw Self.withoutNeighbours }
        guard rightRoot == nil || rightRoot == root else {
            throw ICS23Error(
                .rootMismatch,
                "The neighbours lead to different roots. Ask the sender for a proof of one tree at one height."
            )
        }
        guard try encloses(key, spec: spec) else {
            throw ICS23Error(
                .outsideGap,
                "The key is not between the proof's neighbours. Ask the sender for a proof of this key."
            )
        }
        guard areNeighbours(spec: spec) else {
            throw ICS23Error(
                .notNeighbours,
                "There may be leaves between or beyond the proof's neighbours. Ask the sender for the nearest ones."
            )
        }
        return root
    }

    /// Whether a key lies between the neighbours, in the order of the tree.
    ///
    /// - Throws: `unsupportedHash`.
    func encloses(_ key: [UInt8], spec: ProofSpec) throws(ICS23Error) -> Bool {
        let key = try spec.comparisonKey(key)
        if let left, try !spec.comparisonKey(left.key).lexicographicallyPrecedes(key) { return false }
        if let right, try !key.lexicographicallyPrecedes(spec.comparisonKey(right.key)) { return false }
        return true
    }

    private func root(
        of neighbour: ExistenceProof?,
        at place: String,
        spec: ProofSpec
    ) throws(ICS23Error) -> [UInt8]? {
        guard let neighbour else { return nil }
        return try checking(place) { () throws(ICS23Error) in
            try neighbour.root(spec: spec, key: neighbour.key, value: neighbour.value)
        }
    }

    private func areNeighbours(spec: ProofSpec) -> Bool {
        switch (left, right) {
        case (let left?, let right?): spec.inner.areNeighbours(left: left.path, right: right.path)
        case (let left?, nil): spec.inner.isRightmost(left.path)
        case (nil, let right?): spec.inner.isLeftmost(right.path)
        case (nil, nil): false
        }
    }
}
