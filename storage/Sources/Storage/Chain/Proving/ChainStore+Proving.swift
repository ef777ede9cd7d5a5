import ICS23
import LMDB

extension ChainStore {
    /// What the state holds under a full key at a height, or that it holds nothing, with the proof of it.
    ///
    /// A proof is verified before it is handed out.
    ///
    /// - Parameter height: nil for the head, sealed blocks included.
    /// - Throws: `notProvable` when the height is not kept any more, the state is empty, another entry is published under
    ///   the same key, or the store has a commitment without proofs; `unknownHeight`; what
    ///   ``StateKey/full(instance:collection:key:)`` throws of the key; `damaged`; or what LMDB throws.
    /// - Complexity: O(log n) reads and hashes, and one read for every height up to the head.
    public func proof(of key: [UInt8], at height: UInt64? = nil) throws(StorageError) -> StateProof {
        try StateKey.check(key)
        return try proving(at: height) { (prover) throws(StorageError) in try prover.proof(of: key) }
    }

    /// The proofs of several keys at one height, in their order; each as ``proof(of:at:)`` makes it.
    ///
    /// All are of one view of the chain, and what their ways through the tree share is read and verified once.
    ///
    /// - Throws: what ``proof(of:at:)`` throws of the first key that can't be proven.
    /// - Complexity: O(log n) reads and hashes for every key, and one read for every height up to the head. Until it
    ///   returns, the part of the tree above the keys is in memory.
    public func proofs(of keys: [[UInt8]], at height: UInt64? = nil) throws(StorageError) -> [StateProof] {
        for key in keys { try StateKey.check(key) }
        return try proving(at: height) { (prover) throws(StorageError) in
            var proofs: [StateProof] = []
            proofs.reserveCapacity(keys.count)
            for key in keys { proofs.append(try prover.proof(of: key)) }
            return proofs
        }
    }

    /// The heights at which the state can be proven, nil before the first block.
    ///
    /// - Throws: `notProvable` when the store has a commitment without proofs; `damaged`; or what LMDB throws.
    /// - Complexity: one read for every height.
    public func provableHeights() throws(StorageError) -> ClosedRange<UInt64>? {
        _ = try provingCommitment()
        return try view().read { (tables, head, _) throws(StorageError) in
            guard let last = head.height, last >= firstHeight else { return nil }
            return try TreeHistory.firstProvable(upTo: last, first: firstHeight, in: tables.nodes)...last
        }
    }

    /// The head as it is now.
    func view() -> HeadView {
        HeadView(environment: environment, tables: tables, pending: head.pending.map(\.block), target: .any)
    }

    func provingCommitment() throws(StorageError) -> SparseMerkleCommitment {
        guard let commitment = options.commitment as? SparseMerkleCommitment else {
            throw StorageError(
                .notProvable,
                """
                \(path) was made with the state commitment \(options.commitment.identifier), which proves no entries. \
                Replay the log into a store with a state tree.
                """
            )
        }
        return commitment
    }

    /// Runs `body` with what proves keys of a height, within one view.
    private func proving<Value>(
        at height: UInt64?,
        _ body: (inout StateProver) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        let commitment = try provingCommitment()
        return try view().read { (tables, head, transaction) throws(StorageError) in
            let last = try lastHeight(of: head)
            let height = height ?? last
            guard (firstHeight...last).contains(height), let header = try head.header(at: height, in: transaction)
            else {
                throw StorageError(
                    .unknownHeight,
                    "There is no block \(height); the chain has the heights \(firstHeight) to \(last). Ask for one of these."
                )
            }
            let first = try TreeHistory.firstProvable(upTo: last, first: firstHeight, in: tables.nodes)
            guard height >= first else {
                throw StorageError(
                    .notProvable,
                    """
                    The state at height \(height) cannot be proven any more, only that at the heights \(first) to \(last). \
                    Ask for one of these, or keep more of them with provableHeights.
                    """
                )
            }
            let snapshot = TreeSnapshot(
                tables: tables,
                hashing: commitment.hashing,
                known: commitment.known,
                height: height,
                lastHeight: last
            )
            var prover = try StateProver(snapshot: snapshot, header: header)
            return try body(&prover)
        }
    }

    private func lastHeight(of head: HeadView.Head) throws(StorageError) -> UInt64 {
        guard let last = head.height, last >= firstHeight else {
            throw StorageError(.unknownHeight, "The chain has no block yet. Ask again after the first one.")
        }
        return last
    }
}
