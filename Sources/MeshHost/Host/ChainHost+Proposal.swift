internal import ModuleKit
internal import Storage

/// Choosing and judging what a block shall hold.
extension ChainHost {
    /// Chooses the transactions of a proposal: in the given order, those whose form and signatures hold and that fit.
    ///
    /// - Parameter bytesMax: the size of all transactions together; the chain's own limit holds besides.
    public func prepareProposal(_ candidates: [[UInt8]], bytesMax: Int = .max) -> [[UInt8]] {
        var left = min(bytesMax, registry.limits.blockBytesMax)
        return candidates.filter { candidate in
            guard candidate.count <= left, isWellFormed(candidate) else { return false }
            left -= candidate.count
            return true
        }
    }

    /// Judges a proposal by what every validator sees alike: height, time, size, and the form of each transaction.
    ///
    /// A transaction that is well formed but fails does not make a block invalid.
    public func processProposal(_ block: ProposedBlock) -> ProposalVerdict {
        guard lastHeader.height < .max, block.height == lastHeader.height + 1 else {
            return .reject("the height is \(block.height), after \(lastHeader.height)")
        }
        guard block.time.nanoseconds >= lastHeader.timeNanoseconds else {
            return .reject("the time is before the last block's")
        }
        guard block.transactions.reduce(0, { $0 + $1.count }) <= registry.limits.blockBytesMax else {
            return .reject("the transactions have more than \(registry.limits.blockBytesMax) bytes")
        }
        for (index, transaction) in block.transactions.enumerated() where !isWellFormed(transaction) {
            return .reject("transaction \(index) is malformed or a signature does not hold")
        }
        return .accept
    }

    private func isWellFormed(_ bytes: [UInt8]) -> Bool {
        let checked = CheckedTransaction(bytes, chainID: chainID, addresses: addresses, limits: registry.limits)
        if case .success = checked.outcome { return true }
        return false
    }
}
