extension NodeBundle {
    /// Adds the one encoding: which slots are taken (2 bytes, slot 0 in the least significant bit), which of them are
    /// bundles (2 bytes), then for each taken slot in order the hash, for a leaf that of its value, the length of its key
    /// (2 bytes) and the full key; and if that is published, its check (4 bytes). So every byte counts for the hashes or
    /// for a check.
    ///
    /// - Parameter bytes: those in which the keys of the leaves lie.
    func encode(into output: inout [UInt8], keysIn bytes: [UInt8]) {
        var (taken, inner) = (UInt16(0), UInt16(0))
        for index in 0..<Self.width {
            switch slots[index] {
            case .empty: continue
            case .inner: inner |= 1 << UInt16(index)
            case .leaf: break
            }
            taken |= 1 << UInt16(index)
        }
        output.append(bigEndian: taken)
        output.append(bigEndian: inner)
        for index in 0..<Self.width {
            switch slots[index] {
            case .empty: continue
            case .inner(let hash): output.append(hash)
            case .leaf(let leaf):
                output.append(leaf.valueHash)
                output.append(bigEndian: UInt16(truncatingIfNeeded: leaf.key.count))
                output.append(contentsOf: bytes[leaf.key])
                if StateKey.isPublished(bytes[leaf.key]) {
                    output.append(bigEndian: bytes.withUnsafeBytes { leaf.check(of: $0[leaf.key]) })
                }
            }
        }
    }

    /// Lets the keys of the leaves lie in the bundle's own record, somewhere in some bytes.
    mutating func moveKeys(to record: Range<Int>, of bytes: [UInt8]) {
        var position = record.lowerBound + 2 * MemoryLayout<UInt16>.size
        for index in 0..<Self.width {
            switch slots[index] {
            case .empty: continue
            case .inner: position += Hash.byteCount
            case .leaf(let leaf):
                let start = position + Hash.byteCount + MemoryLayout<UInt16>.size
                let key = start..<start + leaf.key.count
                slots[index] = .leaf(Leaf(key: key, keyHash: leaf.keyHash, valueHash: leaf.valueHash))
                position = key.upperBound + (StateKey.isPublished(bytes[key]) ? MemoryLayout<UInt32>.size : 0)
            }
        }
    }

    /// Becomes what a record says that lies somewhere in some bytes.
    ///
    /// - Returns: whether it can be read; what ``encode(into:keysIn:)`` would not give cannot, and leaves nothing of use.
    /// - Complexity: one hash for every leaf, two for a published one.
    mutating func decode(_ record: Range<Int>, of bytes: [UInt8], hashing: KeyHashing) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[record]))
            return fill(from: &reader, at: record.lowerBound, hashing: hashing)
        }
    }

    private mutating func fill(from reader: inout ByteReader, at start: Int, hashing: KeyHashing) -> Bool {
        guard
            let taken = reader.number(UInt16.self), let inner = reader.number(UInt16.self), inner & ~taken == 0
        else { return false }
        for index in 0..<Self.width {
            guard taken >> UInt16(index) & 1 == 1 else {
                slots[index] = .empty
                continue
            }
            guard let hash = reader.hash() else { return false }
            if inner >> UInt16(index) & 1 == 1 {
                slots[index] = .inner(hash)
                continue
            }
            guard
                let count = reader.number(UInt16.self), (1...StateKey.maximumByteCount).contains(Int(count)),
                let key = reader.take(Int(count))
            else { return false }
            let end = start + reader.position
            let leaf = Leaf(key: end - key.count..<end, keyHash: hashing.hash(key), valueHash: hash)
            if StateKey.isPublished(key) {
                guard reader.number(UInt32.self) == leaf.check(of: key[...]) else { return false }
            }
            slots[index] = .leaf(leaf)
        }
        return reader.remainingCount == 0
    }
}

extension NodeBundle.Leaf {
    /// What stands for the instance and the collection of a published key, which its place does not tell.
    ///
    /// - Parameter key: the full key.
    fileprivate func check(of key: Slice<UnsafeRawBufferPointer>) -> UInt32 {
        var hasher = DomainHasher(.publishedKey)
        hasher.add(UnsafeRawBufferPointer(rebasing: key.prefix(StateKey.prefixByteCount)))
        hasher.add(keyHash)
        return UInt32(truncatingIfNeeded: hasher.finalize().prefix >> 32)
    }
}
