import MeshHost
import ModuleKit

/// Setting up pairings on a network.
extension Network {
    /// Carries out a whole setup, one stage after the other.
    ///
    /// - Parameter isDone: is told of each stage once it is done.
    /// - Returns: what happened, step by step.
    /// - Throws: `notSettled` for a channel that does not open; `refused` for a message that fails; what ``step()`` throws.
    @available(*, noasync)
    @discardableResult
    public func setUp(_ specification: PairingSpecification, isDone: (PairingStage) -> Void = { _ in })
        throws(SandboxError) -> [StepReport]
    {
        let setup = PairingSetup(specification)
        var reports: [StepReport] = []
        while let stage = try setup.nextStage(in: self) {
            reports += try carryOut(stage, of: specification)
            isDone(stage)
        }
        return reports
    }

    /// Carries out one stage of a setup.
    ///
    /// - Returns: what happened, step by step.
    /// - Throws: as for a whole setup.
    @available(*, noasync)
    @discardableResult
    public func carryOut(_ stage: PairingStage, of specification: PairingSpecification) throws(SandboxError)
        -> [StepReport]
    {
        switch stage {
        case .transaction(let chainID, let account, let messages, let purpose):
            guard try chain(chainID).specification.goesByProposal(account) else {
                return try execute(messages, on: chainID, from: account)
            }
            return try decide(SandboxProposal("\(specification.name): \(purpose)", messages), on: chainID)
        case .path(let path):
            try serve(path, of: specification)
            return try openPaths()
        }
    }

    /// Gives a path of a pairing to the relayer who serves the path for tokens between its chains, or to a new one.
    func serve(_ path: RelayPath, of specification: PairingSpecification) throws(SandboxError) {
        // It is served already, and not open yet.
        guard self.path(ifAny: path.name) == nil else { return }
        if let relayer = relayers.first(where: { $0.path(named: specification.transferPath) != nil }) {
            try add(path, to: relayer)
        } else {
            try addRelayer("relayer:\(specification.name)", paths: [path])
        }
    }

    /// Signs messages as one transaction, and waits for its block.
    ///
    /// - Returns: what happened, step by step.
    /// - Throws: `refused` when it fails, with the module's error as the cause; `chainDown`; what ``step()`` throws.
    @available(*, noasync)
    @discardableResult
    public func execute(_ messages: [SandboxMessage], on chainID: String, from account: String)
        throws(SandboxError) -> [StepReport]
    {
        try transact(messages, on: chainID, from: account).steps
    }

    /// Signs messages as one transaction, and waits for its block.
    ///
    /// - Returns: what happened, step by step, and what became of the transaction, which did what it asked for.
    /// - Throws: as ``execute(_:on:from:)``.
    @available(*, noasync)
    func transact(_ messages: [SandboxMessage], on chainID: String, from account: String) throws(SandboxError) -> (
        steps: [StepReport], outcome: TransactionReport
    ) {
        let chain = try chain(chainID)
        let hash = try chain.submit(messages, from: account)
        var steps: [StepReport] = []
        while true {
            guard chain.isUp else {
                throw SandboxError(.chainDown, "the chain '\(chainID)' is down: reopen it first")
            }
            let report = try step()
            steps.append(report)
            let block = report.blocks.first { $0.chainID == chainID }
            guard let outcome = block?.transactions.first(where: { $0.result.hash == hash }) else { continue }
            guard let error = outcome.error else { return (steps, outcome) }
            throw SandboxError(.refused, "'\(account)' was refused on '\(chainID)': \(error.message)", cause: error)
        }
    }
}
