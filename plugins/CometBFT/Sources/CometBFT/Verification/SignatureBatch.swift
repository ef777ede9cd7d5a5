import Dispatch
import Synchronization
import ZIP215

/// Signatures of one commit that are to be checked, with the keys that should have made them.
struct SignatureBatch: Sendable {
    /// One signature: its place in the commit and the key.
    struct Entry: Sendable {
        let index: Int
        let key: ValidatorKey
    }

    let commit: Commit
    let chainID: String
    var entries: [Entry] = []

    /// Checks them all and throws for the first bad one in the order of the commit, whatever the number of workers.
    func verify(workers: Int) throws(VerificationError) {
        let bad = workers > 1 && entries.count > 1 ? firstBad(workers: workers) : entries.firstIndex { !isValid($0) }
        guard let bad else { return }
        let index = entries[bad].index
        throw VerificationError(
            .invalidSignature,
            "Signature \(index) of the commit of height \(commit.height) does not verify for chain \(chainID). "
                + "Ask another node for the commit.",
            index: index
        )
    }

    /// The lowest position of a bad entry. Each worker takes every n-th entry and stops at its own first bad one, so
    /// the minimum over the workers is the first of all.
    private func firstBad(workers: Int) -> Int? {
        let workers = min(workers, entries.count)
        let lowest = Mutex<Int?>(nil)
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            let positions = stride(from: worker, to: entries.count, by: workers)
            guard let bad = positions.first(where: { !isValid(entries[$0]) }) else { return }
            lowest.withLock { $0 = min($0 ?? bad, bad) }
        }
        return lowest.withLock { $0 }
    }

    private func isValid(_ entry: Entry) -> Bool {
        guard
            let signed = commit.signatures[entry.index].signed,
            let message = commit.signBytes(at: entry.index, chainID: chainID)
        else { return false }
        return ZIP215.isValid(signature: signed.signature, message: message, publicKey: entry.key.bytes)
    }
}
