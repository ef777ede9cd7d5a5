/// A header with the commit that makes it final.
///
/// Well formed: the commit is for the header's height and for its hash. Whether the signatures hold is checked elsewhere.
public struct SignedHeader: Hashable, Sendable {
    /// The header.
    public let header: Header
    /// The commit for it.
    public let commit: Commit

    /// Puts both together. Costs one header hash.
    ///
    /// - Throws: `inconsistent` when the commit is for another height or another hash.
    public init(header: Header, commit: Commit) throws(CometBFTError) {
        guard commit.height == header.height else {
            throw CometBFTError(
                .inconsistent,
                "the header is of height \(header.height), and the commit of \(commit.height)"
            )
        }
        let hash = header.hash
        guard commit.blockID.hash == hash else {
            throw CometBFTError(
                .inconsistent,
                "the header's hash is \(hash), and the commit is for \(commit.blockID.hash?.description ?? "nil")"
            )
        }
        self.header = header
        self.commit = commit
    }

    /// The header's hash.
    public var hash: Hash32 {
        commit.blockID.hash ?? header.hash
    }
}
