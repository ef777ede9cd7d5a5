import GovernanceEvents
import MeshHost
import ModuleKit

/// A proposal of a scenario: the chain, by its name in the scenario, and the number.
struct ProposalReference: Hashable, Sendable, CustomStringConvertible {
    let chain: String
    let number: UInt64

    var description: String { "proposal \(number) of \(chain)" }
}

/// Votes of a scenario's chains.
extension ScenarioRun {
    /// Whether what an account does goes by proposal.
    func isProposing(_ account: AccountReference) throws(ScenarioError) -> Bool {
        try chain(account.chain).specification.goesByProposal(account.name)
    }

    /// Has an account do something, and waits until it is done: in one transaction, or by proposal where a vote decides, for
    /// which all validators vote.
    ///
    /// - Parameters:
    ///   - title: what is done, where it is put to the vote.
    ///   - label: by which expectations find the transaction, the packet that it sends, or the proposal.
    /// - Returns: how it failed; nil when it is done.
    /// - Throws: `network` when it never gets into a block, or is never decided.
    @available(*, noasync)
    func carryOut(
        _ messages: [SandboxMessage],
        from account: AccountReference,
        as title: String,
        label: String? = nil
    ) throws(ScenarioError) -> ModuleError? {
        let chain = try chain(account.chain)
        guard chain.specification.goesByProposal(account.name), let governance = chain.specification.governance else {
            return try transact(messages, from: account, label: label)?.error
        }
        let proposer = AccountReference(chain: account.chain, name: governance.proposer)
        let proposal = SandboxProposal(title, messages)
        switch try propose(proposal, from: proposer, depositing: chain.fullDeposit, label: label) {
        case .failure(let error): return error
        case .success(let reference):
            try ScenarioError.running(current?.place) { try chain.submitApproval(of: reference.number) }
            return try awaitDecision(on: reference)?.refusal
        }
    }

    /// Submits a proposal, and waits for its block.
    ///
    /// - Returns: where it is, or why it was refused.
    @available(*, noasync)
    func propose(
        _ proposal: SandboxProposal,
        from account: AccountReference,
        depositing deposit: ProtoCoin?,
        label: String?
    ) throws(ScenarioError) -> Result<ProposalReference, ModuleError> {
        let message = try ScenarioError.running(current?.place) { try proposal.submission(depositing: deposit) }
        guard let outcome = try transact([message], from: account, label: label) else {
            throw ScenarioError(.network, "a proposal of \(account) never got into a block: run the chain")
        }
        if let error = outcome.error { return .failure(error) }
        let chain = try chain(account.chain)
        let number = try ScenarioError.running(current?.place) { try chain.proposal(submittedBy: outcome) }
        let reference = ProposalReference(chain: account.chain, number: number)
        if let label { proposals[label] = reference }
        note("proposal \(number) is submitted: \(proposal.title)", on: account.chain)
        return .success(reference)
    }

    /// Lets time pass until a proposal is decided, and executed if it was accepted.
    ///
    /// - Returns: how it stands then; nil for one that is forgotten, because it never got its deposit or was taken back.
    /// - Throws: `network` when that never happens.
    @available(*, noasync)
    func awaitDecision(on reference: ProposalReference) throws(ScenarioError) -> GovernanceProposal? {
        if let proposal = try proposal(reference), !proposal.isOver {
            let isVoting = proposal.status == .votingPeriod
            try wait(until: isVoting ? proposal.votingEndTimeNanoseconds : proposal.depositEndTimeNanoseconds)
        }
        try advance(until: "deciding on \(reference)") { () throws(ScenarioError) in
            try proposal(reference)?.isOver ?? true
        }
        let decided = try proposal(reference)
        note("proposal \(reference.number) is \(decided?.standing ?? "forgotten")", on: reference.chain)
        return decided
    }

    /// Long periods pass in longer steps.
    private func wait(until nanoseconds: UInt64) throws(ScenarioError) {
        let now = network.now.nanoseconds
        guard nanoseconds > now else { return }
        try wait(TimeSpan(nanoseconds: nanoseconds &- now))
    }

    /// A proposal as it stands; nil for one that is forgotten.
    func proposal(_ reference: ProposalReference) throws(ScenarioError) -> GovernanceProposal? {
        let chain = try chain(reference.chain)
        return try ScenarioError.running(current?.place) {
            do throws(SandboxError) {
                return try chain.proposal(reference.number)
            } catch {
                guard let cause = error.cause as? ModuleError, cause.code == .proposalNotFound else { throw error }
                return nil
            }
        }
    }

    /// The proposal of a labelled step.
    ///
    /// - Throws: `outOfTurn` when it submitted none.
    func proposal(labelled label: String) throws(ScenarioError) -> ProposalReference {
        guard let reference = proposals[label] else {
            throw ScenarioError(
                .outOfTurn,
                "the step labelled \(label) has submitted no proposal: name a step `propose` that is not refused"
            )
        }
        return reference
    }

    /// The proposal of a labelled step, for an account of the same chain.
    ///
    /// - Throws: `outOfTurn` when the step submitted none, or on another chain.
    func proposal(labelled label: String, for account: AccountReference) throws(ScenarioError) -> ProposalReference {
        let reference = try proposal(labelled: label)
        guard reference.chain == account.chain else {
            throw ScenarioError(.outOfTurn, "\(label) is \(reference): name an account of \(reference.chain)")
        }
        return reference
    }
}
