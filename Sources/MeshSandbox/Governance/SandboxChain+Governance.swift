public import GovernanceEvents
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage

/// What a chain puts to the vote.
extension SandboxChain {
    /// A proposal as it stands after the last block.
    ///
    /// - Throws: `chainDown`; `refused`, also for one that was forgotten because it never got its deposit, or was taken back.
    public func proposal(_ number: UInt64) throws(SandboxError) -> GovernanceProposal {
        try query(GovernanceQuery.with { $0.proposal.proposal = number }, of: ChainSpecification.governanceLabel)
            .proposal
    }

    /// The number of the proposal that a transaction submitted.
    ///
    /// - Throws: `wrongName` when it submitted none.
    func proposal(submittedBy transaction: TransactionReport) throws(SandboxError) -> UInt64 {
        let host = try host()
        let number = try SandboxError.hosting { () throws -> UInt64? in
            let instance = try host.machine.instance(called: ChainSpecification.governanceLabel).identity.number
            var (number, failure): (UInt64?, ModuleError?) = (nil, nil)
            try host.store.log.forEachRecord(in: transaction.result.events) { (_, record) throws(StorageError) in
                do throws(ModuleError) {
                    let envelope = try EventEnvelope(decoding: record.withUnsafeBytes { [UInt8]($0) })
                    guard envelope.instance == instance else { return true }
                    let event = try GovernanceEvent(recorded: envelope.payload, schemaVersion: envelope.schemaVersion)
                    if case .proposalSubmitted(let submitted) = event.event { number = submitted.proposal }
                } catch {
                    failure = error
                }
                return failure == nil && number == nil
            }
            if let failure { throw failure }
            return number
        }
        guard let number else {
            throw SandboxError(.wrongName, "the transaction submitted no proposal on '\(chainID)': submit one with it")
        }
        return number
    }

    /// The deposit with which a proposal can be voted on; nil on a chain without governance.
    var fullDeposit: ProtoCoin? {
        specification.governance.map { governance in
            .with {
                $0.denom = specification.bondDenom
                $0.amount = governance.minDeposit.description
            }
        }
    }

    /// Has all validators vote for a proposal, in the next block.
    ///
    /// - Throws: `chainDown`; `refused` when a vote can't be signed. One that fails stands in the block all the same.
    func submitApproval(of number: UInt64) throws(SandboxError) {
        let vote = try SandboxMessage(
            GovernanceMessage.vote([.with { ($0.option, $0.weight) = (.yes, "1") }], on: number),
            to: ChainSpecification.governanceLabel
        )
        for validator in specification.validatorNames { try submit([vote], from: validator) }
    }
}

extension GovernanceMessage {
    /// A vote.
    static func vote(_ options: [GovernanceWeightedOption], on number: UInt64) -> GovernanceMessage {
        .with {
            $0.vote.proposal = number
            $0.vote.options = options
        }
    }
}

extension GovernanceProposal {
    /// Whether there is nothing left to decide, nor to execute.
    var isOver: Bool {
        switch status {
        case .passed, .rejected, .failed, .expired, .cancelled: true
        default: false
        }
    }

    /// How it stands, in a word.
    var standing: String {
        switch status {
        case .depositPeriod: "unpaid"
        case .waiting: "waiting"
        case .votingPeriod: "voting"
        case .accepted: "accepted"
        case .passed: "passed"
        case .failed: "failed"
        case .rejected where result.outcome == .vetoed: "vetoed"
        case .rejected: "rejected"
        case .expired: "expired"
        case .cancelled: "cancelled"
        default: "unknown"
        }
    }

    /// Why it did nothing; nil for one that was executed.
    var refusal: ModuleError? {
        switch status {
        case .passed: nil
        case .failed: ModuleError(.init(failure.codespace, failure.code), failure.reason)
        default: ModuleError(.proposalOver, "proposal \(number) comes to nothing: it is \(standing)")
        }
    }
}
