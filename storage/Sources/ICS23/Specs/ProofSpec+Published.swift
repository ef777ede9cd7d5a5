extension ProofSpec {
    /// The trees of IAVL, in which the Cosmos SDK keeps a module's state (ICS-23).
    public static let iavl = ProofSpec(
        checked: .lengthPrefixed,
        inner: InnerSpec(
            checked: [0, 1],
            childSize: 33,
            minimumPrefixLength: 4,
            maximumPrefixLength: 12,
            emptyChild: [],
            hash: .sha256
        )
    )

    /// The trees of Tendermint and CometBFT, with the shape of RFC 6962, in which the Cosmos SDK keeps the roots of its
    /// stores (ICS-23). ``Multistore`` builds them.
    public static let tendermint = ProofSpec(
        checked: .lengthPrefixed,
        inner: InnerSpec(
            checked: [0, 1],
            childSize: 32,
            minimumPrefixLength: 1,
            maximumPrefixLength: 1,
            emptyChild: [],
            hash: .sha256
        )
    )

    /// Sparse Merkle trees over the hashes of their keys (ICS-23).
    public static let smt = ProofSpec(
        checked: LeafOp(hash: .sha256, prehashKey: .sha256, prehashValue: .sha256, length: .noPrefix, prefix: [0]),
        inner: InnerSpec(
            checked: [0, 1],
            childSize: 32,
            minimumPrefixLength: 1,
            maximumPrefixLength: 1,
            emptyChild: Array(repeating: 0, count: 32),
            hash: .sha256
        ),
        maximumDepth: 256,
        prehashesKeyBeforeComparison: true
    )
}

extension LeafOp {
    /// The leaf of IAVL and of Tendermint: key and hashed value, each after its length.
    fileprivate static let lengthPrefixed = LeafOp(
        hash: .sha256,
        prehashKey: .noHash,
        prehashValue: .sha256,
        length: .varProto,
        prefix: [0]
    )
}
