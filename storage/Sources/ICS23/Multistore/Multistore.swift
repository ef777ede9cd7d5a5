/// The tree over the roots of a chain's stores, by name, whose own root is the app hash.
///
/// It is the simple map of the Cosmos SDK: leaves in the order of names, in a tree of the shape of RFC 6962, section 2.1.
/// A leaf is `SHA-256(0x00 ‖ length ‖ name ‖ 32 ‖ SHA-256(root))`, a node `SHA-256(0x01 ‖ left ‖ right)`. Its proofs
/// verify with ``ProofSpec/tendermint``, and chained after a store's own with ``MerkleProof``.
public struct Multistore: Hashable, Sendable {
    /// One store.
    public struct Store: Hashable, Sendable {
        /// Its name, the key in the tree.
        public let name: String
        /// Its root, the value in the tree.
        public let root: [UInt8]

        /// Names a root.
        public init(name: String, root: [UInt8]) {
            self.name = name
            self.root = root
        }
    }

    /// The stores, in the order of the bytes of their names.
    public let stores: [Store]
    /// The root of the tree.
    public let root: [UInt8]
    // Invariant: one for every store, in their order.
    private let leafHashes: [[UInt8]]

    /// Builds the tree.
    ///
    /// - Throws: `invalidNames` when there is no store, or a name is empty or repeated; `emptyValue` for an empty root.
    /// - Complexity: O(n) hashes.
    public init(_ stores: [Store]) throws(ICS23Error) {
        let sorted = stores.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let areDistinct = zip(sorted, sorted.dropFirst()).allSatisfy { !$0.name.utf8.elementsEqual($1.name.utf8) }
        guard let first = sorted.first, !first.name.isEmpty, areDistinct else {
            throw ICS23Error(
                .invalidNames,
                "A multistore needs stores, each with a name of its own. Name them otherwise."
            )
        }
        let leaf = ProofSpec.tendermint.leaf
        let leafHashes = try sorted.map { (store) throws(ICS23Error) in
            try leaf.apply(key: Array(store.name.utf8), value: store.root)
        }
        self.stores = sorted
        self.leafHashes = leafHashes
        root = try Self.root(of: leafHashes[...])
    }

    /// The proof that the tree holds a store's root under its name.
    ///
    /// - Throws: `invalidNames` when there is no such store.
    /// - Complexity: O(n) hashes.
    public func existenceProof(of name: String) throws(ICS23Error) -> ExistenceProof {
        guard let index = stores.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
            throw ICS23Error(.invalidNames, "The multistore has no store named \(name). Ask for one that it has.")
        }
        return ExistenceProof(
            key: Array(name.utf8),
            value: stores[index].root,
            leaf: ProofSpec.tendermint.leaf,
            path: try Self.path(to: index, in: leafHashes[...])
        )
    }

    private static func root(of hashes: ArraySlice<[UInt8]>) throws(ICS23Error) -> [UInt8] {
        guard hashes.count > 1 else { return hashes.first ?? [] }
        let split = split(hashes)
        return try step(left: root(of: hashes[..<split])).apply(child: root(of: hashes[split...]))
    }

    /// The steps from a leaf to the root, the lowest first.
    private static func path(to index: Int, in hashes: ArraySlice<[UInt8]>) throws(ICS23Error) -> [InnerOp] {
        guard hashes.count > 1 else { return [] }
        let split = split(hashes)
        let (left, right) = (hashes[..<split], hashes[split...])
        if index < split {
            return try path(to: index, in: left) + [step(right: root(of: right))]
        } else {
            return try path(to: index, in: right) + [step(left: root(of: left))]
        }
    }

    /// Where the right subtree begins: after the largest power of two that leaves something over (RFC 6962).
    private static func split(_ hashes: ArraySlice<[UInt8]>) -> Int {
        let highestBit = Int.bitWidth - 1 - (hashes.count - 1).leadingZeroBitCount
        return hashes.startIndex + 1 << highestBit
    }

    private static func step(left: [UInt8] = [], right: [UInt8] = []) -> InnerOp {
        InnerOp(hash: .sha256, prefix: [1] + left, suffix: right)
    }
}
