/// Reads fixed layouts from bytes that came from outside. Every read can fail; nothing traps.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// How many bytes are left. A strict decoder ends with none.
    var remainingCount: Int { bytes.count - position }

    /// A number, most significant byte first, or nil when the bytes end before it.
    mutating func number<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value? {
        let count = MemoryLayout<Value>.size
        guard remainingCount >= count else { return nil }
        defer { position += count }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
    }

    /// A hash, or nil when the bytes end before it.
    mutating func hash() -> Hash? {
        guard let bytes = take(Hash.byteCount) else { return nil }
        return Hash(unchecked: bytes)
    }

    /// The next bytes, in place, or nil when there are fewer.
    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, remainingCount >= count else { return nil }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
    }
}

extension [UInt8] {
    /// Adds a number, most significant byte first.
    mutating func append(bigEndian number: some FixedWidthInteger & BitwiseCopyable) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// Adds the bytes of a hash.
    mutating func append(_ hash: Hash) {
        hash.withUnsafeBytes { append(contentsOf: $0) }
    }
}
