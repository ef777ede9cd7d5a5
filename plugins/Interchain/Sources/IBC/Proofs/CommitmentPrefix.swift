public import ICS23

/// The name of the store in which a chain keeps what it proves: `ibc` on nearly every chain (ICS-23).
public struct CommitmentPrefix: Hashable, Sendable {
    /// The usual name, `ibc`.
    public static let standard = CommitmentPrefix(checked: Array("ibc".utf8))
    /// The longest name.
    public static let maximumByteCount = 128

    /// The name.
    public let bytes: [UInt8]

    /// Takes a name of 1 to 128 bytes.
    ///
    /// - Throws: `outOfRange`.
    public init(_ bytes: [UInt8]) throws(IBCError) {
        guard (1...Self.maximumByteCount).contains(bytes.count) else {
            throw IBCError(
                .outOfRange,
                "a commitment prefix has 1 to \(Self.maximumByteCount) bytes, not \(bytes.count); give the store's name"
            )
        }
        self.init(checked: bytes)
    }

    private init(checked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The path through the tree of stores to a key of this store.
    public func path(to path: StorePath) -> MerklePath {
        MerklePath(keys: [bytes, path.key])
    }
}
