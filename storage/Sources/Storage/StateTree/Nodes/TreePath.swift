/// The place of a bundle: how many nibbles lie above it, and which.
struct TreePath: Hashable, Sendable {
    /// How many bits a full path has.
    static let bitCount = 256
    /// How many bundles may lie above each other.
    static let levelCount = bitCount / NodeBundle.height

    /// How many nibbles lie above.
    let level: Int
    // What comes after the first `level` nibbles does not matter.
    private let prefix: Hash

    /// The root's place.
    static let root = TreePath(level: 0, prefix: .zero)

    /// The place, at a level, on the way to a key hash.
    init(level: Int, towards keyHash: Hash) {
        self.init(level: level, prefix: keyHash)
    }

    private init(level: Int, prefix: Hash) {
        self.level = level
        self.prefix = prefix
    }

    /// The place beneath a slot.
    func child(_ slot: Int) -> TreePath {
        TreePath(level: level + 1, prefix: prefix.replacingNibble(at: level, with: slot))
    }

    /// The nibbles above as a number. `level` must be at most 16.
    var number: UInt64 {
        level == 0 ? 0 : prefix.prefix >> UInt64(64 - 4 * level)
    }

    /// Whether the way to a key hash leads through here.
    func leads(to keyHash: Hash) -> Bool {
        (0..<level).allSatisfy { prefix.nibble(at: $0) == keyHash.nibble(at: $0) }
    }

    /// Adds the nibbles to a key, one byte each, so that a bundle stands right before those beneath it.
    func append(to key: inout [UInt8]) {
        for level in 0..<level {
            key.append(UInt8(truncatingIfNeeded: prefix.nibble(at: level)))
        }
    }

    static func == (left: TreePath, right: TreePath) -> Bool {
        left.level == right.level && left.leads(to: right.prefix)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(level)
        for level in 0..<level {
            hasher.combine(prefix.nibble(at: level))
        }
    }
}

extension TreePath: CustomStringConvertible {
    /// The nibbles as hexadecimal digits, such as `3f0`; `root` when there are none.
    var description: String {
        level == 0 ? "root" : String(prefix.hexadecimal.prefix(level))
    }
}

extension Hash {
    /// The first eight bytes as a number: of two hashes the one with the smaller prefix stands first.
    var prefix: UInt64 { word0.bigEndian }

    /// Four bits, counted from the most significant ones. `index` must be from 0 to 63.
    func nibble(at index: Int) -> Int {
        Int(word(index >> 4).bigEndian >> UInt64(60 - 4 * (index & 15)) & 15)
    }

    /// One bit, counted from the most significant one. `index` must be from 0 to 255.
    func bit(at index: Int) -> Bool {
        word(index >> 6).bigEndian >> UInt64(63 - index & 63) & 1 == 1
    }

    /// The same hash but for four bits.
    func replacingNibble(at index: Int, with nibble: Int) -> Hash {
        let shift = UInt64(60 - 4 * (index & 15))
        func replaced(_ number: Int) -> UInt64 {
            guard number == index >> 4 else { return word(number) }
            return (word(number).bigEndian & ~(15 << shift) | UInt64(nibble & 15) << shift).bigEndian
        }
        return Hash(words: (replaced(0), replaced(1), replaced(2), replaced(3)))
    }

    private func word(_ number: Int) -> UInt64 {
        switch number {
        case 0: word0
        case 1: word1
        case 2: word2
        default: word3
        }
    }
}
