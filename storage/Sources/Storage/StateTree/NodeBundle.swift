/// Four levels of the state tree in one record: the sixteen subtrees beneath them, each in its slot.
///
/// The fifteen nodes above the slots are not stored; ``BundleHashes`` computes them.
struct NodeBundle: Equatable, Sendable {
    /// How many slots there are.
    static let width = 16
    /// How many levels of the tree a bundle covers.
    static let height = 4

    /// The subtrees, from left to right. Always sixteen.
    var slots: [Slot]

    /// No entries.
    init() {
        slots = [Slot](repeating: .empty, count: Self.width)
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
        /// The full key.
        let key: ArraySlice<UInt8>
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
        var only = Slot.empty
        for slot in slots where slot != .empty {
            guard case .leaf = slot, only == .empty else { return nil }
            only = slot
        }
        return only
    }
}

extension NodeBundle {
    /// The one encoding: which slots are taken (2 bytes, slot 0 in the least significant bit), which of them are bundles
    /// (2 bytes), then for each taken slot in order the hash, for a leaf that of its value, the length of its key (2 bytes) and
    /// the key. So every byte counts for the hashes.
    var encoded: [UInt8] {
        var (taken, inner) = (UInt16(0), UInt16(0))
        var byteCount = 4
        for (index, slot) in slots.enumerated() {
            switch slot {
            case .empty: continue
            case .inner: (inner, byteCount) = (inner | 1 << UInt16(index), byteCount + Hash.byteCount)
            case .leaf(let leaf): byteCount += Hash.byteCount + 2 + leaf.key.count
            }
            taken |= 1 << UInt16(index)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        bytes.append(bigEndian: taken)
        bytes.append(bigEndian: inner)
        for slot in slots {
            switch slot {
            case .empty: continue
            case .inner(let hash): bytes.append(hash)
            case .leaf(let leaf):
                bytes.append(leaf.valueHash)
                bytes.append(bigEndian: UInt16(truncatingIfNeeded: leaf.key.count))
                bytes.append(contentsOf: leaf.key)
            }
        }
        return bytes
    }

    /// Reads a record. Anything that ``encoded`` would not give is nil.
    ///
    /// - Complexity: one hash for every leaf.
    init?(decoding bytes: [UInt8], hashing: KeyHashing) {
        let slots = bytes.withUnsafeBytes { buffer -> [Slot]? in
            var reader = ByteReader(buffer)
            guard
                let taken = reader.number(UInt16.self), let inner = reader.number(UInt16.self), inner & ~taken == 0
            else { return nil }
            var slots = [Slot](repeating: .empty, count: NodeBundle.width)
            for index in slots.indices where taken >> UInt16(index) & 1 == 1 {
                guard let hash = reader.hash() else { return nil }
                if inner >> UInt16(index) & 1 == 1 {
                    slots[index] = .inner(hash)
                    continue
                }
                guard
                    let count = reader.number(UInt16.self), (1...StateKey.maximumByteCount).contains(Int(count)),
                    reader.take(Int(count)) != nil
                else { return nil }
                // A slice of the record: a bundle is two allocations, however many leaves it has.
                let key = bytes[reader.position - Int(count)..<reader.position]
                slots[index] = .leaf(Leaf(key: key, keyHash: hashing.hash(key), valueHash: hash))
            }
            return reader.remainingCount == 0 ? slots : nil
        }
        guard let slots else { return nil }
        self.slots = slots
    }
}
