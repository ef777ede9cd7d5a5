extension ExistenceProof {
    /// Checks that the tree with a root holds a value under a key.
    ///
    /// - Parameters:
    ///   - spec: what the tree's proofs look like, as the verifier knows it.
    ///   - root: the tree's root, from a source that the verifier trusts.
    /// - Throws: what is wrong first: the statement (`keyMismatch`, `valueMismatch`), the form (`leafMismatch`,
    ///   `depthOutOfRange`, `stepMismatch`), a step that cannot be done (as ``root()``), or the root (`rootMismatch`).
    /// - Complexity: as ``root()``.
    public func verify(spec: ProofSpec, root: [UInt8], key: [UInt8], value: [UInt8]) throws(ICS23Error) {
        guard try self.root(spec: spec, key: key, value: value) == root else {
            throw ICS23Error(
                .rootMismatch,
                "The proof leads to another root. Check that root and proof are of the same tree and height."
            )
        }
    }

    /// The root of the trees of a specification that hold a value under a key.
    func root(spec: ProofSpec, key: [UInt8], value: [UInt8]) throws(ICS23Error) -> [UInt8] {
        guard self.key == key else {
            throw ICS23Error(.keyMismatch, "The proof is of another key. Ask the sender for a proof of this one.")
        }
        guard self.value == value else {
            throw ICS23Error(
                .valueMismatch,
                "The proof is of another value. Ask the sender for a proof at the height of the root."
            )
        }
        try spec.check(self)
        return try root()
    }
}
