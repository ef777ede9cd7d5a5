/// What the proofs of a tree must look like.
///
/// The verifier chooses it, never the prover: with other operations the same root can be reached from other keys.
public struct ProofSpec: Hashable, Sendable {
    /// The operation of every leaf.
    public let leaf: LeafOp
    /// The shape of the inner nodes.
    public let inner: InnerSpec
    /// How many steps a path has at least.
    public let minimumDepth: Int
    /// How many steps a path has at most; 0 stands for ``defaultMaximumDepth``.
    public let maximumDepth: Int
    /// Whether the tree is in the order of the prehashed keys, not of the keys.
    public let prehashesKeyBeforeComparison: Bool

    /// How many steps a path may have when a specification does not say.
    public static let defaultMaximumDepth = 128

    /// Makes a specification.
    ///
    /// - Throws: `invalidSpec` when the depths are negative, in disorder, or over ``ProofBounds/maximumStepCount``, when
    ///   the leaf's hash is longer than a child, or its prefix than ``ProofBounds/maximumAffixByteCount``.
    public init(
        leaf: LeafOp,
        inner: InnerSpec,
        minimumDepth: Int = 0,
        maximumDepth: Int = 0,
        prehashesKeyBeforeComparison: Bool = false
    ) throws(ICS23Error) {
        self.init(
            checked: leaf,
            inner: inner,
            minimumDepth: minimumDepth,
            maximumDepth: maximumDepth,
            prehashesKeyBeforeComparison: prehashesKeyBeforeComparison
        )
        let bound = ProofBounds.maximumStepCount
        guard 0...bound ~= maximumDepth, 0...bound ~= minimumDepth, minimumDepth <= depths.upperBound else {
            throw ICS23Error(
                .invalidSpec,
                """
                A specification asks for \(minimumDepth) to \(maximumDepth) steps, where 0 to \(bound) are possible. \
                Use a published specification.
                """
            )
        }
        guard leaf.hash.digestByteCount ?? 0 <= inner.childSize,
            leaf.prefix.count <= ProofBounds.maximumAffixByteCount
        else {
            throw ICS23Error(
                .invalidSpec,
                """
                A specification's leaves, with a prefix of \(leaf.prefix.count) bytes and hashed by \(leaf.hash), do not \
                fit its nodes of \(inner.childSize) bytes a child. Use a published specification.
                """
            )
        }
    }

    /// Makes a specification of values known to agree.
    init(
        checked leaf: LeafOp,
        inner: InnerSpec,
        minimumDepth: Int = 0,
        maximumDepth: Int = 0,
        prehashesKeyBeforeComparison: Bool = false
    ) {
        self.leaf = leaf
        self.inner = inner
        self.minimumDepth = minimumDepth
        self.maximumDepth = maximumDepth
        self.prehashesKeyBeforeComparison = prehashesKeyBeforeComparison
    }

    /// The form of a key in which the tree is ordered.
    ///
    /// - Throws: `unsupportedHash`.
    func comparisonKey(_ key: [UInt8]) throws(ICS23Error) -> [UInt8] {
        prehashesKeyBeforeComparison ? try leaf.prehashKey.prehash(key) : key
    }
}
