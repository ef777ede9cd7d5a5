/// The rules for chain ids.
enum ChainID {
    /// The longest chain id, in bytes.
    static let maximumByteCount = 64

    /// Makes sure that a chain id is 1 to 64 printable ASCII characters without spaces.
    ///
    /// - Throws: `invalidChainID`.
    static func check(_ chainID: String) throws(StorageError) {
        let bytes = chainID.utf8
        guard (1...maximumByteCount).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw StorageError(
                .invalidChainID,
                "A chain id has 1 to \(maximumByteCount) printable ASCII characters without spaces. Choose another."
            )
        }
    }
}
