/// The identity of an account, a validator or an instance: 1 to 32 bytes.
///
/// The bytes stand inline in four words, the first byte in the topmost bits, unused ones zero. So addresses are copied,
/// compared and hashed without touching the heap.
@frozen
public struct Address: Hashable, Sendable {
    @usableFromInline var word0: UInt64
    @usableFromInline var word1: UInt64
    @usableFromInline var word2: UInt64
    @usableFromInline var word3: UInt64
    @usableFromInline var length: UInt8

    /// An address under construction; complete only with at least one byte.
    @inlinable
    init() {
        (word0, word1, word2, word3, length) = (0, 0, 0, 0, 0)
    }

    /// The largest number of bytes.
    @inlinable
    public static var maximumByteCount: Int { 32 }

    /// Creates an address of 1 to 32 bytes.
    ///
    /// - Throws: `invalidAddress`.
    @inlinable
    public init(bytes: some Sequence<UInt8>) throws(ModuleError) {
        self.init()
        for byte in bytes {
            guard append(byte) else { throw Self.wrongLength }
        }
        guard length > 0 else { throw Self.wrongLength }
    }

    /// The number of bytes, 1 to 32.
    @inlinable
    public var byteCount: Int { Int(length) }

    /// Appends a byte, or returns false if there is no room.
    @inlinable
    mutating func append(_ byte: UInt8) -> Bool {
        let bits = UInt64(byte) << (56 - UInt64(length & 7) * 8)
        switch length >> 3 {
        case 0: word0 |= bits
        case 1: word1 |= bits
        case 2: word2 |= bits
        case 3: word3 |= bits
        default: return false
        }
        length &+= 1
        return true
    }

    /// The byte at an offset below `byteCount`; zero beyond it.
    @inlinable
    func byte(at offset: Int) -> UInt8 {
        let word =
            switch offset >> 3 {
            case 0: word0
            case 1: word1
            case 2: word2
            case 3: word3
            default: 0 as UInt64
            }
        return UInt8(truncatingIfNeeded: word >> (56 - UInt64(offset & 7) * 8))
    }

    @usableFromInline @inline(never)
    static var wrongLength: ModuleError {
        ModuleError(
            .invalidAddress,
            "an address has 1 to \(maximumByteCount) bytes; give all of its bytes and nothing else"
        )
    }
}

extension Address {
    /// Calls the closure with the bytes, which are valid only within it. Nothing is allocated.
    @inlinable
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let words = (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian)
        return try withUnsafeBytes(of: words) { buffer throws(Failure) in
            try body(UnsafeRawBufferPointer(rebasing: buffer.prefix(byteCount)))
        }
    }

    /// The bytes.
    public var bytes: [UInt8] { withBytes { [UInt8]($0) } }

    /// Hashes the length and the words in use.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(length)
        hasher.combine(word0)
        if length > 8 { hasher.combine(word1) }
        if length > 16 { hasher.combine(word2) }
        if length > 24 { hasher.combine(word3) }
    }
}

extension Address: Comparable {
    /// Compares the bytes in lexicographic order, as stores sort their keys; a prefix comes first.
    @inlinable
    public static func < (lhs: Address, rhs: Address) -> Bool {
        if lhs.word0 != rhs.word0 { return lhs.word0 < rhs.word0 }
        if lhs.word1 != rhs.word1 { return lhs.word1 < rhs.word1 }
        if lhs.word2 != rhs.word2 { return lhs.word2 < rhs.word2 }
        if lhs.word3 != rhs.word3 { return lhs.word3 < rhs.word3 }
        return lhs.length < rhs.length
    }
}
