/// From a key and a value to the hash of their leaf:
/// `hash(prefix ‖ length ‖ prehashKey(key) ‖ length ‖ prehashValue(value))`.
public struct LeafOp: Hashable, Sendable {
    /// Hashes the leaf.
    public let hash: HashOp
    /// Hashes the key before it enters the leaf.
    public let prehashKey: HashOp
    /// Hashes the value before it enters the leaf.
    public let prehashValue: HashOp
    /// Puts lengths before key and value.
    public let length: LengthOp
    /// What tells a leaf from an inner node.
    public let prefix: [UInt8]

    /// Makes an operation.
    public init(hash: HashOp, prehashKey: HashOp, prehashValue: HashOp, length: LengthOp, prefix: [UInt8]) {
        self.hash = hash
        self.prehashKey = prehashKey
        self.prehashValue = prehashValue
        self.length = length
        self.prefix = prefix
    }

    /// The hash of the leaf of a key and a value.
    ///
    /// - Throws: `emptyKey`, `emptyValue`, `unsupportedHash`, `unsupportedLength` or `wrongLength`.
    public func apply(key: [UInt8], value: [UInt8]) throws(ICS23Error) -> [UInt8] {
        guard !key.isEmpty else {
            throw ICS23Error(.emptyKey, "A leaf has no key. No tree holds the empty key; name another.")
        }
        guard !value.isEmpty else {
            throw ICS23Error(
                .emptyValue,
                "A leaf has no value. No tree holds the empty value; to prove that a key is absent, ask for non-membership."
            )
        }
        var preimage = prefix
        try length.append(try prehashKey.prehash(key), to: &preimage)
        try length.append(try prehashValue.prehash(value), to: &preimage)
        return try hash.digest(of: preimage)
    }
}
