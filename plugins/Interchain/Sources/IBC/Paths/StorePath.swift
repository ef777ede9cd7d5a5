/// A path under which a chain keeps what another chain asks proofs of (ICS-24).
///
/// The path is also the key in the store, in UTF-8. Behind the name of the store it makes a path of two trees, see
/// ``CommitmentPrefix/path(to:)``.
public struct StorePath: Hashable, Sendable, CustomStringConvertible {
    /// The path.
    public let text: String

    /// Takes a path made of checked identifiers.
    init(checked text: String) {
        self.text = text
    }

    /// Checks a path that came from outside: two or more parts between slashes, each an identifier of 1 to 64
    /// characters.
    ///
    /// Ports may have twice as many, so a path made here of a long port is not taken. So it is in ICS-24's implementations
    /// too.
    ///
    /// - Throws: `invalidPath`.
    public init(_ text: String) throws(IBCError) {
        try self.init(text, partLengths: 1...64)
    }

    /// Takes back a path that was made here and stored: its parts may be as long as the longest port.
    ///
    /// - Throws: `invalidPath`.
    public init(stored text: String) throws(IBCError) {
        try self.init(text, partLengths: 1...PortKind.lengths.upperBound)
    }

    private init(_ text: String, partLengths: ClosedRange<Int>) throws(IBCError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count > 1 else {
            throw IBCError(.invalidPath, "the path \(quoted(text)) has no slash; give all of its parts")
        }
        for part in parts {
            do throws(IBCError) {
                try IdentifierRules.check(String(part), lengths: partLengths, noun: "part")
            } catch {
                throw IBCError(.invalidPath, "in the path \(quoted(text)), \(error.message)", cause: error)
            }
        }
        self.text = text
    }

    /// The key in the store.
    public var key: [UInt8] { Array(text.utf8) }

    /// The path.
    public var description: String { text }
}
