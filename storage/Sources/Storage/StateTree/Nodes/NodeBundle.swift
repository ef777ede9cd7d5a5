/// Four levels of the state tree in one record: the sixteen subtrees beneath them, each in its slot.
///
/// The fifteen nodes above the slots are not stored; ``BundleHashes`` computes them. A bundle is a plain value without
/// references: the keys of its leaves stay in the bytes that it was read from, and each leaf knows where.
struct NodeBundle: Sendable {
    /// How many slots there are.
    static let width = 16
    /// How many levels of the tree a bundle covers.
    static let height = 4

    /// The subtrees, from left to right.
    var slots: InlineArray<16, Slot>

    /// No entries.
    init() {
        slots = InlineArray(repeating: .empty)
    }

    /// A subtree beneath a bundle.
    enum Slot: Equatable, Sendable {
        /// No entry.
        case empty
        /// One entry.
        case leaf(Leaf)
        /// Two entries or more, in a bundle of their own with this hash.
        case inner(Hash)
    }

    /// An entry.
    struct Leaf: Equatable, Sendable {
        /// Where the full key lies, in the bytes that belong to the bundle.
        let key: Range<Int>
        /// The place of the entry.
        let keyHash: Hash
        /// SHA-256 of the value.
        let valueHash: Hash

        static func == (left: Leaf, right: Leaf) -> Bool {
            left.keyHash == right.keyHash && left.valueHash == right.valueHash
        }
    }

    /// What the bundle is to the slot above it when it needs no record of its own: nothing, or the only leaf.
    var collapsed: Slot? {
        var only: Int?
        for index in 0..<Self.width {
            switch slots[index] {
            case .empty: continue
            case .inner: return nil
            case .leaf:
                guard only == nil else { return nil }
                only = index
            }
        }
        return only.map { slots[$0] } ?? .empty
    }
}

extension NodeBundle: Equatable {
    static func == (left: NodeBundle, right: NodeBundle) -> Bool {
        left.slots.indices.allSatisfy { left.slots[$0] == right.slots[$0] }
    }
}
