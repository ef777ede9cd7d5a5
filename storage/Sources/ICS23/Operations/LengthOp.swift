/// How the length of a key or value precedes it in a leaf.
public enum LengthOp: Int, Hashable, Sendable, CaseIterable {
    /// Not at all.
    case noPrefix = 0
    /// As a varint of protocol buffers.
    case varProto = 1
    /// As an RLP integer. Not offered, here or in the reference.
    case varRLP = 2
    /// In four bytes, most significant first.
    case fixed32Big = 3
    /// In four bytes, least significant first.
    case fixed32Little = 4
    /// In eight bytes, most significant first.
    case fixed64Big = 5
    /// In eight bytes, least significant first.
    case fixed64Little = 6
    /// Not at all, for it must be 32.
    case require32Bytes = 7
    /// Not at all, for it must be 64.
    case require64Bytes = 8

    /// Adds bytes, preceded by their length, to what a leaf will hash.
    ///
    /// - Throws: `wrongLength`, or `unsupportedLength`.
    func append(_ bytes: [UInt8], to preimage: inout [UInt8]) throws(ICS23Error) {
        switch self {
        case .noPrefix:
            break
        case .varProto:
            preimage.append(varint: UInt64(bytes.count))
        case .fixed32Big:
            preimage.append(contentsOf: try length32(of: bytes).bigEndianBytes)
        case .fixed32Little:
            preimage.append(contentsOf: try length32(of: bytes).bigEndianBytes.reversed())
        case .fixed64Big:
            preimage.append(contentsOf: UInt64(bytes.count).bigEndianBytes)
        case .fixed64Little:
            preimage.append(contentsOf: UInt64(bytes.count).bigEndianBytes.reversed())
        case .require32Bytes:
            try require(32, of: bytes)
        case .require64Bytes:
            try require(64, of: bytes)
        case .varRLP:
            throw ICS23Error(
                .unsupportedLength,
                "The length operation \(self) is not offered here. Use a tree with varint or fixed lengths."
            )
        }
        preimage.append(contentsOf: bytes)
    }

    private func length32(of bytes: [UInt8]) throws(ICS23Error) -> UInt32 {
        guard let count = UInt32(exactly: bytes.count) else {
            throw ICS23Error(
                .wrongLength,
                "\(bytes.count) bytes are more than 32 bits can count. Prove a shorter value."
            )
        }
        return count
    }

    private func require(_ count: Int, of bytes: [UInt8]) throws(ICS23Error) {
        guard bytes.count == count else {
            throw ICS23Error(
                .wrongLength,
                "\(count) bytes are required and there are \(bytes.count). Check that the proof is of this tree."
            )
        }
    }
}

extension FixedWidthInteger {
    /// The bytes of a number, most significant first.
    fileprivate var bigEndianBytes: [UInt8] {
        stride(from: bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> $0) }
    }
}

extension [UInt8] {
    /// Adds a number as a varint of protocol buffers: seven bits a byte, least significant first.
    fileprivate mutating func append(varint number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}
