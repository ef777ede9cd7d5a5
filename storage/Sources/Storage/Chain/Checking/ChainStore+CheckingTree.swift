import Dispatch
import LMDB
import Synchronization

extension ChainStore {
    /// Checks the state tree: every stored node and every entry of the state against each other and against the state root
    /// of the last header, and all that is kept of earlier heights against the roots of theirs.
    ///
    /// - Returns: how much was checked.
    /// - Throws: `damaged` for the first thing that is wrong; `notProvable` when the store has a commitment without a tree;
    ///   or what LMDB throws.
    /// - Complexity: O(n) reads and hashes; earlier heights on every core.
    @discardableResult
    public func checkStateTree() throws(StorageError) -> StateTreeReport {
        let commitment = try provingCommitment()
        var view = view()
        let (present, heights, last) = try view.read { (tables, head, transaction) throws(StorageError) in
            let check = StateTreeCheck(tables, hashing: commitment.hashing)
            let (report, heights) = try checkPresent(check, head, transaction)
            return (report, heights, head.height)
        }
        view.target = .block(height: last)
        do throws(StorageError) {
            try Self.concurrently(heights) { [view] (height) throws(StorageError) in
                try view.read { (tables) throws(StorageError) in
                    try StateTreeCheck(tables, hashing: commitment.hashing).checkRecords(of: height)
                }
            }
        } catch {
            guard error.code == .staleBlock else { throw error }
            return try checkStateTreeInOneView(commitment)
        }
        return present.adding(heights)
    }

    /// The same on one core, in one read transaction: for a store to which others write meanwhile.
    private func checkStateTreeInOneView(_ commitment: SparseMerkleCommitment) throws(StorageError) -> StateTreeReport {
        try view().read { (tables, head, transaction) throws(StorageError) in
            let check = StateTreeCheck(tables, hashing: commitment.hashing)
            let (report, heights) = try checkPresent(check, head, transaction)
            for height in heights {
                try check.checkRecords(of: height)
            }
            return report.adding(heights)
        }
    }

    /// Checks the present tree, and finds the earlier heights that are to be checked.
    private func checkPresent(
        _ check: StateTreeCheck,
        _ head: HeadView.Head,
        _ transaction: borrowing ReadTransaction
    ) throws(StorageError) -> (report: StateTreeReport, heights: [StateTreeCheck.KeptHeight]) {
        var check = check
        let emptyRoot = SparseMerkleTree.emptyRoot
        let last = try head.height.map { (height) throws(StorageError) in try head.header(at: height, in: transaction) }
        try check.checkNodes(root: last??.stateRoot ?? emptyRoot)
        let heights = try check.keptHeights(
            upTo: head.height ?? firstHeight,
            root: { (height) throws(StorageError) in try head.header(at: height, in: transaction)?.stateRoot },
            emptyRoot: emptyRoot,
            firstHeight: firstHeight
        )
        return (check.report, heights)
    }

    /// Checks heights on every core.
    ///
    /// - Throws: what the check of the lowest height that fails throws.
    private static func concurrently(
        _ heights: [StateTreeCheck.KeptHeight],
        _ check: @Sendable (StateTreeCheck.KeptHeight) throws(StorageError) -> Void
    ) throws(StorageError) {
        let errors = Mutex([StorageError?](repeating: nil, count: heights.count))
        DispatchQueue.concurrentPerform(iterations: heights.count) { number in
            do throws(StorageError) {
                try check(heights[number])
            } catch {
                errors.withLock { $0[number] = error }
            }
        }
        for case let error? in errors.withLock({ $0 }) {
            throw error
        }
    }
}

extension StateTreeReport {
    fileprivate func adding(_ heights: [StateTreeCheck.KeptHeight]) -> StateTreeReport {
        var report = self
        report.historyHeightCount = UInt64(heights.count)
        report.historyRecordCount = heights.reduce(0) { $0 + UInt64($1.recordCount) }
        return report
    }
}
