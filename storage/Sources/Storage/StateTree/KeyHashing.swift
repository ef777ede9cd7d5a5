/// How the places of entries follow from their full keys: by a hash of what the tree holds them under.
///
/// Tests replace the hash, to make keys that share long prefixes.
struct KeyHashing: Sendable {
    private let digest: @Sendable (UnsafeRawBufferPointer) -> Hash

    /// SHA-256, the only one outside tests.
    static let sha256 = KeyHashing { .sha256($0) }

    init(_ digest: @escaping @Sendable (UnsafeRawBufferPointer) -> Hash) {
        self.digest = digest
    }

    /// The place of an entry with a full key.
    func hash(_ key: UnsafeRawBufferPointer) -> Hash {
        digest(UnsafeRawBufferPointer(rebasing: StateKey.committedKey(of: key)))
    }

    /// The place of an entry with a full key.
    func hash(_ key: [UInt8]) -> Hash {
        key.withUnsafeBytes { hash($0) }
    }
}
