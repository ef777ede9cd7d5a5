/// How keys are hashed. Tests replace it, to make keys that share long prefixes.
struct KeyHashing: Sendable {
    private let digest: @Sendable (UnsafeRawBufferPointer) -> Hash

    /// SHA-256, the only one outside tests.
    static let sha256 = KeyHashing { .sha256($0) }

    init(_ digest: @escaping @Sendable (UnsafeRawBufferPointer) -> Hash) {
        self.digest = digest
    }

    func hash(_ key: UnsafeRawBufferPointer) -> Hash {
        digest(key)
    }

    func hash(_ key: ArraySlice<UInt8>) -> Hash {
        key.withUnsafeBytes(digest)
    }
}
