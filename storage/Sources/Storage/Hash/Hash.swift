/// 32 bytes of SHA-256.
///
/// Ordered as a big-endian number, which is the order of its bytes.
public struct Hash: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// How many bytes a hash has.
    public static let byteCount = 32
    /// 32 zero bytes: the previous header's hash of the first block.
    public static let zero = Hash(words: (0, 0, 0, 0))

    // The bytes as they lie in memory, so that an array of hashes is an array of their bytes.
    let word0: UInt64
    let word1: UInt64
    let word2: UInt64
    let word3: UInt64

    init(words: (UInt64, UInt64, UInt64, UInt64)) {
        (word0, word1, word2, word3) = words
    }

    /// Reads a hash from exactly 32 bytes. Anything else is nil.
    public init?(_ bytes: some Collection<UInt8>) {
        let array = Array(bytes)
        guard array.count == Self.byteCount else { return nil }
        self = array.withUnsafeBytes { Hash(unchecked: $0) }
    }

    /// Reads a hash from 64 hexadecimal digits of either case. Anything else is nil.
    public init?(hexadecimal text: String) {
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            guard let digit = Self.digit(character) else { return nil }
            if let first = high {
                bytes.append(first << 4 | digit)
                high = nil
            } else {
                high = digit
            }
        }
        guard high == nil else { return nil }
        self.init(bytes)
    }

    /// Reads the first 32 bytes of a buffer that has at least as many.
    init(unchecked buffer: UnsafeRawBufferPointer) {
        self.init(
            words: (
                buffer.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                buffer.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                buffer.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
                buffer.loadUnaligned(fromByteOffset: 24, as: UInt64.self)
            )
        )
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        withUnsafeBytes { [UInt8]($0) }
    }

    /// 64 lower-case hexadecimal digits.
    public var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Hands the 32 bytes to `body`, in place.
    public func withUnsafeBytes<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try Swift.withUnsafeBytes(of: self, body)
    }

    /// Whether the bytes of one come before those of the other.
    public static func < (left: Hash, right: Hash) -> Bool {
        (left.word0.bigEndian, left.word1.bigEndian, left.word2.bigEndian, left.word3.bigEndian)
            < (right.word0.bigEndian, right.word1.bigEndian, right.word2.bigEndian, right.word3.bigEndian)
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension Hash: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public var description: String {
        hexadecimal
    }
}
