/// One step of a path, from the hash of a child to the hash of its parent: `hash(prefix ‖ child ‖ suffix)`.
public struct InnerOp: Hashable, Sendable {
    /// Hashes the inner node.
    public let hash: HashOp
    /// What comes before the child: what the node begins with, and the children on the left.
    public let prefix: [UInt8]
    /// What comes after the child: the children on the right.
    public let suffix: [UInt8]

    /// Makes a step.
    public init(hash: HashOp, prefix: [UInt8], suffix: [UInt8]) {
        self.hash = hash
        self.prefix = prefix
        self.suffix = suffix
    }

    /// The hash of the inner node over a child.
    ///
    /// - Throws: `emptyChild` or `unsupportedHash`.
    public func apply(child: [UInt8]) throws(ICS23Error) -> [UInt8] {
        guard !child.isEmpty else {
            throw ICS23Error(.emptyChild, "A step has no child to begin from. Ask the sender for a whole proof.")
        }
        return try hash.digest(of: prefix + child + suffix)
    }
}
