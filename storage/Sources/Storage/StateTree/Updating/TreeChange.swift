/// A change of the state as the tree sees it.
struct TreeChange: Sendable {
    /// The place of the key.
    let keyHash: Hash
    /// SHA-256 of the new value, nil for a removal.
    let valueHash: Hash?
    /// The position in the write set.
    let index: Int
}

/// The changes beneath one slot of the root, not in order yet: ordering is left to whoever walks through them.
struct TreeChangePart: Sendable {
    /// The slot.
    let slot: Int
    // Sixteen bytes each, so that sorting moves little. Which word of the hash decides is settled nearly always.
    private var places: [Place] = []

    private struct Place {
        /// The first eight bytes of the key hash, as a number.
        let prefix: UInt64
        /// The position among all changes.
        let position: Int
    }

    /// The parts of some changes that have any, in order of slots.
    static func parts(of changes: [TreeChange]) -> [TreeChangePart] {
        var parts = (0..<NodeBundle.width).map { TreeChangePart(slot: $0) }
        for position in changes.indices {
            let prefix = changes[position].keyHash.prefix
            parts[Int(prefix >> 60)].places.append(Place(prefix: prefix, position: position))
        }
        return parts.filter { !$0.places.isEmpty }
    }

    private init(slot: Int) {
        self.slot = slot
    }

    /// The changes of this part, in order of key hashes, with their keys.
    ///
    /// - Parameter changes: those that the part was made of.
    func ordered(_ changes: [TreeChange], of writes: WriteSet) -> (changes: [TreeChange], keys: ByteArena) {
        var places = places
        places.sort { left, right in
            guard left.prefix == right.prefix else { return left.prefix < right.prefix }
            return changes[left.position].keyHash < changes[right.position].keyHash
        }
        var keys = ByteArena(reservingCount: places.count, byteCount: 0)
        let ordered = writes.withUnsafeKeys { key in
            places.map { place in
                keys.append(key(changes[place.position].index))
                return changes[place.position]
            }
        }
        return (ordered, keys)
    }
}
