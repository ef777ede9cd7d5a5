/// A height of a chain that may start to count anew (ICS-02).
///
/// A revision is one stretch of heights. Chains name it at the end of their id, and heights of a later revision are
/// higher than all of an earlier one.
public struct Height: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// No height: where a height may be left out, this stands for it.
    public static let zero = Height(revision: 0, height: 0)

    /// The number of the revision.
    public let revision: UInt64
    /// The height within the revision.
    public let height: UInt64

    /// Makes a height.
    public init(revision: UInt64, height: UInt64) {
        self.revision = revision
        self.height = height
    }

    /// Makes the height of a block of a chain, by the chain's id.
    ///
    /// - Throws: `outOfRange` for a height below 1.
    public init(ofBlock height: Int64, chainID: String) throws(IBCError) {
        guard height > 0 else {
            throw IBCError(.outOfRange, "the height of a block is 1 or more, not \(height); give that of a block")
        }
        self.init(revision: Height.revision(ofChainID: chainID) ?? 0, height: UInt64(height))
    }

    /// Reads `{revision}-{height}`, two numbers without leading zeros.
    ///
    /// - Throws: `malformed`.
    public init(_ text: String) throws(IBCError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let revision = wholeNumber(parts[0]), let height = wholeNumber(parts[1]) else {
            throw IBCError(.malformed, "\(quoted(text)) is no height; write revision and height, as in 1-42")
        }
        self.init(revision: revision, height: height)
    }

    /// `{revision}-{height}`, as paths spell it.
    public var description: String { "\(revision)-\(height)" }

    /// The earlier revision first, then the lower height.
    public static func < (left: Height, right: Height) -> Bool {
        (left.revision, left.height) < (right.revision, right.height)
    }
}

extension Height {
    /// The revision that a chain id names: the number behind its last hyphen.
    ///
    /// Nil, which counts as revision 0, for an id without such a number, with a leading zero or a sign before it, with
    /// nothing or another hyphen before the last one, or with a line break in it. Source: ibc-go, `02-client`.
    public static func revision(ofChainID chainID: String) -> UInt64? {
        let bytes = chainID.utf8
        let (hyphen, lineBreak) = (UInt8(ascii: "-"), UInt8(ascii: "\n"))
        guard !bytes.contains(lineBreak), let last = bytes.lastIndex(of: hyphen), last > bytes.startIndex,
            bytes[bytes.index(before: last)] != hyphen,
            let revision = wholeNumber(chainID[bytes.index(after: last)...]), revision > 0
        else { return nil }
        return revision
    }
}
