extension CommitmentProof {
    /// Checks that the tree with a root holds a value under a key.
    ///
    /// Of a batch, the first existence proof of the key decides.
    ///
    /// - Parameters:
    ///   - spec: what the tree's proofs look like, as the verifier knows it.
    ///   - root: the tree's root, from a source that the verifier trusts.
    /// - Throws: as ``ExistenceProof/verify(spec:root:key:value:)``; `wrongKind`; `notInBatch`.
    public func verifyMembership(
        spec: ProofSpec,
        root: [UInt8],
        key: [UInt8],
        value: [UInt8]
    ) throws(ICS23Error) {
        try existenceProof(of: key).verify(spec: spec, root: root, key: key, value: value)
    }

    /// Checks that the tree with a root holds nothing under a key.
    ///
    /// Of a batch, the first non-existence proof whose gap has the key decides.
    ///
    /// - Parameters:
    ///   - spec: what the tree's proofs look like, as the verifier knows it.
    ///   - root: the tree's root, from a source that the verifier trusts.
    /// - Throws: as ``NonExistenceProof/verify(spec:root:key:)``; `wrongKind`; `notInBatch`.
    public func verifyNonMembership(spec: ProofSpec, root: [UInt8], key: [UInt8]) throws(ICS23Error) {
        try nonExistenceProof(of: key, spec: spec).verify(spec: spec, root: root, key: key)
    }

    /// Checks that the tree with a root holds values under keys, all of them.
    ///
    /// - Throws: as ``verifyMembership(spec:root:key:value:)``, for the first item that is not proven.
    /// - Complexity: a proof's for every item, and as many comparisons as there are pairs of item and entry.
    public func verifyMembership(
        spec: ProofSpec,
        root: [UInt8],
        items: [(key: [UInt8], value: [UInt8])]
    ) throws(ICS23Error) {
        for (number, item) in items.enumerated() {
            try checking("Of item \(number + 1) of \(items.count)") { () throws(ICS23Error) in
                try verifyMembership(spec: spec, root: root, key: item.key, value: item.value)
            }
        }
    }

    /// Checks that the tree with a root holds nothing under any of some keys.
    ///
    /// - Throws: as ``verifyNonMembership(spec:root:key:)``, for the first key that is not proven absent.
    /// - Complexity: a proof's for every key, and as many comparisons as there are pairs of key and entry.
    public func verifyNonMembership(spec: ProofSpec, root: [UInt8], keys: [[UInt8]]) throws(ICS23Error) {
        for (number, key) in keys.enumerated() {
            try checking("Of key \(number + 1) of \(keys.count)") { () throws(ICS23Error) in
                try verifyNonMembership(spec: spec, root: root, key: key)
            }
        }
    }

    private func existenceProof(of key: [UInt8]) throws(ICS23Error) -> ExistenceProof {
        switch self {
        case .existence(let proof):
            return proof
        case .nonExistence:
            throw ICS23Error(
                .wrongKind,
                "A proof of non-existence cannot show that there is a value. Ask the sender for a proof of existence."
            )
        case .batch(let entries):
            for case .existence(let proof) in entries where proof.key == key { return proof }
            throw ICS23Error(.notInBatch, "The batch proves no value of this key. Ask the sender for one that does.")
        }
    }

    private func nonExistenceProof(of key: [UInt8], spec: ProofSpec) throws(ICS23Error) -> NonExistenceProof {
        switch self {
        case .nonExistence(let proof):
            return proof
        case .existence:
            throw ICS23Error(
                .wrongKind,
                "A proof of existence cannot show that there is no value. Ask the sender for a proof of non-existence."
            )
        case .batch(let entries):
            for case .nonExistence(let proof) in entries where try proof.encloses(key, spec: spec) { return proof }
            throw ICS23Error(.notInBatch, "No gap of the batch has this key. Ask the sender for a proof that does.")
        }
    }
}
