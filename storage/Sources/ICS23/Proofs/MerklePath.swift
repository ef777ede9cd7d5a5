/// The keys under which a value is found in a store of several trees, from the outermost tree to the lowest.
///
/// IBC's packet commitments, for one, are at `["ibc", "commitments/ports/…"]`.
public struct MerklePath: Hashable, Sendable {
    /// The keys, the outermost tree's first.
    public let keys: [[UInt8]]

    /// Makes a path of keys, the outermost tree's first.
    public init(keys: [[UInt8]]) {
        self.keys = keys
    }

    /// Makes a path of texts in UTF-8, the outermost tree's first.
    public init(_ names: [String]) {
        keys = names.map { Array($0.utf8) }
    }
}
