import ModuleKit

/// An Ed25519 key with which a validator of the consumer signs blocks and votes: 32 bytes.
struct ConsensusKey: Hashable, StateKey {
    static let byteCount = 32

    let bytes: [UInt8]

    /// - Throws: `invalidPublicKey` for another length.
    init(_ bytes: [UInt8]) throws(ModuleError) {
        guard bytes.count == Self.byteCount else {
            throw ModuleError(
                .invalidPublicKey,
                "a consensus key has \(Self.byteCount) bytes, not \(bytes.count): give the Ed25519 key itself"
            )
        }
        self.bytes = bytes
    }

    func encode(into bytes: inout [UInt8]) { bytes += self.bytes }

    init(decoding reader: inout KeyReader) throws(ModuleError) {
        bytes = Array(try reader.take(Self.byteCount))
    }
}

extension ConsensusKey: Comparable {
    /// By bytes.
    static func < (left: Self, right: Self) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
