/// That a tree holds a value under a key: the leaf, and the steps from it to the root.
///
/// A proof says nothing by itself. It must be checked against a root and a ``ProofSpec`` that the verifier chose.
public struct ExistenceProof: Hashable, Sendable {
    /// The key, as the tree's user knows it, before any hashing.
    public let key: [UInt8]
    /// The value, before any hashing.
    public let value: [UInt8]
    /// From key and value to the leaf.
    public let leaf: LeafOp
    /// From the leaf to the root, the lowest step first.
    public let path: [InnerOp]

    /// Makes a proof from its parts.
    public init(key: [UInt8], value: [UInt8], leaf: LeafOp, path: [InnerOp]) {
        self.key = key
        self.value = value
        self.leaf = leaf
        self.path = path
    }

    /// The root to which the proof leads. It is only a claim until it has been compared with a trusted one.
    ///
    /// - Throws: `emptyKey`, `emptyValue`, `unsupportedHash`, `unsupportedLength` or `wrongLength`.
    /// - Complexity: one hash for every step, one for the leaf, and those before it.
    public func root() throws(ICS23Error) -> [UInt8] {
        var hash = try checking("In the leaf") { () throws(ICS23Error) in
            try leaf.apply(key: key, value: value)
        }
        for (number, step) in path.enumerated() {
            hash = try checking("In step \(number + 1) of \(path.count)") { () throws(ICS23Error) in
                try step.apply(child: hash)
            }
        }
        return hash
    }
}
