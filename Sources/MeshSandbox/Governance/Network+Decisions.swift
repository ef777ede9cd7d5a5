import ModuleKit

/// What the chains of a network decide by vote.
extension Network {
    /// Has a chain's governance decide: the proposer submits and pays, all validators vote for it, and time passes until it
    /// is executed.
    ///
    /// - Returns: what happened, step by step.
    /// - Throws: `invalidSpecification` on a chain without governance; `refused` when the proposal is refused, comes to
    ///   nothing, or fails, with the module's error as the cause; `notSettled`; what ``step()`` throws.
    @available(*, noasync)
    @discardableResult
    public func decide(_ proposal: SandboxProposal, on chainID: String) throws(SandboxError) -> [StepReport] {
        let chain = try chain(chainID)
        guard let governance = chain.specification.governance else {
            throw SandboxError(
                .invalidSpecification,
                "the chain '\(chainID)' decides nothing by vote: give its specification `governance`"
            )
        }
        let submission = try proposal.submission(depositing: chain.fullDeposit)
        let (first, outcome) = try transact([submission], on: chainID, from: governance.proposer)
        let number = try chain.proposal(submittedBy: outcome)
        try chain.submitApproval(of: number)
        let period = max(governance.votingPeriod.nanoseconds, 1)
        let step = UInt64(clamping: max(stepInterval.attoseconds / 1_000_000_000, 1))
        let last = try run(limit: Int(clamping: period / step) &+ 200) { () throws(SandboxError) in
            try chain.proposal(number).isOver
        }
        if let error = try chain.proposal(number).refusal {
            throw SandboxError(.refused, "'\(chainID)' did not agree: \(error.message)", cause: error)
        }
        return first + last
    }
}
