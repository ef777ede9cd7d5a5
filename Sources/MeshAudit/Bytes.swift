import Glibc

/// Reads fixed layouts from bytes that may be damaged. Every read can fail; nothing traps.
struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    var remainingCount: Int { bytes.count - position }

    /// A number, most significant byte first, or nil when the bytes end before it.
    mutating func number<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type) -> Value? {
        let count = MemoryLayout<Value>.size
        guard remainingCount >= count else { return nil }
        defer { position += count }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
    }

    /// What is left, in place.
    mutating func rest() -> UnsafeRawBufferPointer {
        defer { position = bytes.count }
        return UnsafeRawBufferPointer(rebasing: bytes[position...])
    }

    /// The one number that the bytes are, or nil.
    static func only<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type,
        in bytes: UnsafeRawBufferPointer
    ) -> Value? {
        var reader = ByteReader(bytes)
        guard let value = reader.number(type), reader.remainingCount == 0 else { return nil }
        return value
    }
}

extension UnsafeRawBufferPointer {
    /// Whether both are the same bytes.
    func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
        guard count == other.count else { return false }
        guard let left = baseAddress, let right = other.baseAddress, count > 0 else { return true }
        return memcmp(left, right, count) == 0
    }

    /// Whether these bytes come before the others; a prefix comes before what it begins.
    func precedes(_ other: UnsafeRawBufferPointer) -> Bool {
        if let left = baseAddress, let right = other.baseAddress {
            let order = memcmp(left, right, Swift.min(count, other.count))
            if order != 0 { return order < 0 }
        }
        return count < other.count
    }
}

extension [UInt8] {
    /// Adds a number, most significant byte first.
    mutating func append(bigEndian number: some FixedWidthInteger & BitwiseCopyable) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }
}
