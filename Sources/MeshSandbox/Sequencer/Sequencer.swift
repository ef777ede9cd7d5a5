public import CometBFT
public import MeshHost
public import ModuleKit
public import Storage

/// Makes the blocks of one chain in this process, in the place of a consensus engine.
///
/// Where consensus keys are here, each block is signed as CometBFT signs it before it is executed, and recorded with its
/// signatures in the same LMDB transaction. A chain whose last block is signed goes on signed, or not at all. A chain of
/// whose validators no key is here goes unsigned from its first block on.
public struct Sequencer {
    /// A block that was made.
    public struct Made: Sendable {
        /// What executing it led to.
        public let block: FinalizedBlock
        /// Fulfilled once it is on disk.
        public let ticket: CommitTicket
        /// The block as it was signed; nil on a chain that nobody signs.
        public let lightBlock: LightBlock?
    }

    /// The chain.
    public let host: ChainHost
    /// What the next header says of the blocks before it; nil on a chain that nobody signs.
    public private(set) var consensus: ConsensusState?
    private var signers: Signers

    /// Takes up a chain where its log ends.
    ///
    /// - Parameter keys: all consensus keys that are here; those of no validator do nothing.
    /// - Throws: `noQuorum` when the chain is signed and the keys have not more than two thirds of the power;
    ///   `inconsistentLog`, `host`.
    public init(_ host: ChainHost, keys: [PrivateValidator] = []) throws(SandboxError) {
        self.host = host
        signers = Signers(keys)
        consensus = try ConsensusState(resuming: host)
        guard let next = consensus else { return }
        if next.last == nil, signers.power(in: next.schedule.current) == 0 {
            consensus = nil
        } else {
            try signers.checkQuorum(in: next.schedule.current, at: next.height)
        }
    }

    /// Goes on with other keys: those of validators that are online.
    ///
    /// - Throws: `noQuorum` when they have not more than two thirds of the power; the keys stay as they were.
    mutating func sign(with keys: [PrivateValidator]) throws(SandboxError) {
        let signers = Signers(keys)
        if let consensus { try signers.checkQuorum(in: consensus.schedule.current, at: consensus.height) }
        self.signers = signers
    }

    /// A block that was executed, and what follows from it once it is on disk.
    private struct Executed {
        let block: FinalizedBlock
        let lightBlock: LightBlock?
        let consensus: ConsensusState?
    }

    /// Makes the next block: signs it, executes it, and commits it.
    ///
    /// - Parameters:
    ///   - time: the block's time; not before the last one's.
    ///   - transactions: encoded, in order. Those that fail stand in the block all the same.
    ///   - evidence: double signs that the engine has seen, and reports with this block.
    /// - Throws: `noQuorum`, `invalidBlock`; `host` when the host refuses it or storage fails. After a failure of
    ///   storage the chain has to be opened anew.
    @available(*, noasync)
    public mutating func makeBlock(
        time: Timestamp,
        transactions: [[UInt8]],
        evidence: [DuplicateVoteEvidence] = []
    ) throws(SandboxError) -> Made {
        let executed = try execute(time: time, transactions: transactions, evidence: evidence)
        let ticket = try SandboxError.hosting { try host.commit() }
        consensus = executed.consensus
        return Made(block: executed.block, ticket: ticket, lightBlock: executed.lightBlock)
    }

    /// Signs and executes the next block, and leaves it at that: nothing of it is on disk, and the host waits for a commit
    /// that never comes. For chains that crash.
    func abandonBlock(time: Timestamp, transactions: [[UInt8]]) throws(SandboxError) {
        _ = try execute(time: time, transactions: transactions, evidence: [])
    }

    private func execute(time: Timestamp, transactions: [[UInt8]], evidence: [DuplicateVoteEvidence])
        throws(SandboxError) -> Executed
    {
        let (height, overflow) = host.lastHeader.height.addingReportingOverflow(1)
        guard !overflow else { throw SandboxError(.invalidBlock, "the chain is at its last height") }
        let signed = try consensus?.signedBlock(
            time: time,
            transactions: transactions,
            evidence: evidence.map { .duplicateVote($0) },
            by: signers
        )
        let proposed = ProposedBlock(
            height: height,
            time: time,
            transactions: transactions,
            report: try consensus.map { (consensus) throws(SandboxError) in try Self.report(consensus, evidence) }
                ?? EngineReport(),
            lightBlock: signed?.encoded ?? []
        )
        let finalized = try SandboxError.hosting { try host.finalizeBlock(proposed) }
        // Known before anything is on disk: a block after which nobody could sign is not committed.
        let advanced = try signed.flatMap { (signed) throws(SandboxError) in
            try consensus?.advanced(past: signed, outcome: finalized.outcome)
        }
        return Executed(block: finalized, lightBlock: signed, consensus: advanced)
    }

    /// What the engine tells the application with the next block: who proposes it, who signed the last one, and who has signed
    /// two blocks of one height.
    private static func report(_ consensus: ConsensusState, _ evidence: [DuplicateVoteEvidence]) throws(SandboxError)
        -> EngineReport
    {
        try SandboxError.hosting {
            var report = EngineReport(proposer: try Address(bytes: consensus.proposer.bytes))
            for evidence in evidence { report.misbehavior.append(try EngineReport.Misbehavior(evidence)) }
            guard let last = consensus.last else { return report }
            for (validator, signature) in zip(last.validators.validators, last.signedHeader.commit.signatures) {
                report.votes.append(
                    EngineReport.Vote(
                        validator: try Address(bytes: validator.address.bytes),
                        power: UInt64(clamping: validator.power),
                        hasSigned: signature.flag == .commit
                    )
                )
            }
            return report
        }
    }
}
