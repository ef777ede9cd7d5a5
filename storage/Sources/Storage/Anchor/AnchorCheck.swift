/// Whether a log and its anchor belong together. Pure: the log's side comes in as values.
struct AnchorCheck {
    /// What follows from the comparison.
    enum Outcome: Equatable {
        /// They agree.
        case same
        /// The last transaction landed in the log, and the process died before it wrote the anchor: legal.
        case logAhead
    }

    /// The log's last block, nil when there is none.
    let last: Anchor.Block?
    /// The hash of the log's header at the anchor's height, nil when there is none.
    let hashAtAnchor: Hash?
    /// The first block of the log's last transaction.
    let lastCommit: UInt64?
    /// The height of the chain's first block.
    let firstHeight: UInt64

    /// Compares.
    ///
    /// - Throws: `rolledBack` when the log is older than the anchor or differs from it; `anchorBehind` when the anchor is
    ///   older than a crash can leave it.
    func compare(with anchor: Anchor) throws(StorageError) -> Outcome {
        if anchor.block == last { return .same }
        guard let last else { throw Self.rolledBack("is empty", anchor) }
        if let block = anchor.block {
            guard last.height >= block.height else { throw Self.rolledBack("ends at height \(last.height)", anchor) }
            guard hashAtAnchor == block.headerHash else {
                throw Self.rolledBack("has another block at that height", anchor)
            }
        }
        // One transaction may be ahead, and it must have begun right after the anchored block.
        let anchored = anchor.block?.height
        let oldestLegal = anchored.map { $0 &+ 1 } ?? firstHeight
        guard let lastCommit, lastCommit <= oldestLegal else {
            throw StorageError(
                .anchorBehind,
                """
                The log ends at height \(last.height), but the anchor file stands at \
                \(anchored.map { "height \($0)" } ?? "the beginning"): it is an old copy. Put the right anchor file back. \
                If it is lost, compare the log's last header with a trusted source and then accept the log (acceptCurrent).
                """
            )
        }
        return .logAhead
    }

    private static func rolledBack(_ what: String, _ anchor: Anchor) -> StorageError {
        let place = anchor.block.map { "height \($0.height) was stored with header \($0.headerHash)" } ?? "it was empty"
        return StorageError(
            .rolledBack,
            """
            The log \(what), but the anchor file says that \(place). The log was rolled back or replaced. Restore the \
            newest copy of the data file. To go on with this older log on purpose, accept it (acceptCurrent); the blocks \
            after it are lost then.
            """
        )
    }
}
