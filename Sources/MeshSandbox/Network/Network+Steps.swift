import MeshHost
import ModuleKit

/// Letting time pass.
extension Network {
    /// One step: the clock goes on, every chain that is up and due makes a block, and then the relayers look at what is
    /// public and submit transactions, which stand in a later step's blocks.
    ///
    /// - Returns: what happened.
    /// - Throws: `forgeryAccepted`; what a chain's ``SandboxChain/makeBlock(at:)`` throws; `notRelayable` when a relayer
    ///   can't make sense of what a chain shows. After an error the chains are as their last blocks left them.
    @available(*, noasync)
    @discardableResult
    public func step() throws(SandboxError) -> StepReport {
        now = now.shifted(by: stepInterval)
        stepCount &+= 1
        var report = StepReport(number: stepCount, time: now)
        for block in try makeBlocks() {
            report.blocks.append(block)
            try Self.refuseForgeries(in: block)
        }
        for relayer in relayers {
            try relayer.work(among: chains, step: stepCount, using: &generator, claims: &claims, &report)
        }
        return report
    }

    /// Makes steps until something is the case, which may be so at once.
    ///
    /// - Parameters:
    ///   - limit: how many steps at most.
    ///   - isDone: looked at before each step, and after the last.
    /// - Returns: what happened, step by step.
    /// - Throws: `notSettled` when it is not the case after all; what ``step()`` and `isDone` throw.
    @available(*, noasync)
    @discardableResult
    public func run(
        limit: Int = 200,
        until isDone: () throws(SandboxError) -> Bool
    ) throws(SandboxError) -> [StepReport] {
        var reports: [StepReport] = []
        while try !isDone() {
            guard reports.count < limit else {
                let obstacles = reports.last?.obstacles ?? []
                throw SandboxError(
                    .notSettled,
                    "what was waited for did not happen in \(limit) steps (seed \(seed))"
                        + (obstacles.isEmpty ? "" : "; in the last one: \(obstacles.joined(separator: "; "))")
                )
            }
            reports.append(try step())
        }
        return reports
    }

    /// Makes a number of steps.
    ///
    /// - Throws: what ``step()`` throws.
    @available(*, noasync)
    @discardableResult
    public func run(steps count: Int) throws(SandboxError) -> [StepReport] {
        var reports: [StepReport] = []
        for _ in 0..<max(0, count) { reports.append(try step()) }
        return reports
    }

    /// Makes steps until every path's channel is open, or was closed.
    ///
    /// - Throws: as ``run(limit:until:)``.
    @available(*, noasync)
    @discardableResult
    public func openPaths(limit: Int = 200) throws(SandboxError) -> [StepReport] {
        try run(limit: limit) { () throws(SandboxError) in
            relayers.allSatisfy { $0.paths.allSatisfy { $0.phase == .open || $0.phase == .closed } }
        }
    }

    /// Makes steps until no transaction waits on a running chain, and no packet is under way.
    ///
    /// - Throws: as ``run(limit:until:)``.
    @available(*, noasync)
    @discardableResult
    public func settle(limit: Int = 200) throws(SandboxError) -> [StepReport] {
        // What was submitted since the last step is sent by the next one, and seen by relayers in it.
        let first = try step()
        return [first]
            + (try run(limit: limit) { () throws(SandboxError) in
                chains.allSatisfy { !$0.isUp || $0.pending.isEmpty }
                    && relayers.allSatisfy { $0.packetsUnderWay.isEmpty }
            })
    }

    /// The blocks of all chains that are due, in the order of the chains. They are made on all cores: chains share nothing.
    ///
    /// - Throws: what the first chain throws that fails; the others have made theirs.
    private func makeBlocks() throws(SandboxError) -> [BlockReport] {
        var due: [SandboxChain] = []
        for chain in chains where chain.isUp {
            if try chain.isDue(at: now) { due.append(chain) }
        }
        let now = now
        return try due.concurrentMap { (chain) throws(SandboxError) in try chain.makeBlock(at: now) }
    }

    /// A chain that accepts a forgery is broken beyond what a simulation can go on with.
    private static func refuseForgeries(in block: BlockReport) throws(SandboxError) {
        for transaction in block.transactions where transaction.isSuccess {
            // A delivery of what is settled succeeds and records nothing but its receipt.
            guard transaction.result.events.count > 1 else { continue }
            if let forged = transaction.deliveries.first(where: \.isForged) {
                throw SandboxError(
                    .forgeryAccepted,
                    "block \(block.height) of '\(block.chainID)' accepted a forged delivery: \(forged)"
                )
            }
        }
    }
}
