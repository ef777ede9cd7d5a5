public import CometBFT
public import MeshHost
public import ModuleKit
import Storage

/// What the engine knows between two blocks: all that the next header says of what went before.
///
/// A value, and pure: the same state, time and transactions give the same header. CometBFT's formats throughout, with two
/// liberties of a sandbox: validators propose in turn, whatever their power, and a block's time is the sandbox's clock
/// (as in CometBFT 1.0, with proposer-based timestamps), not the median of the last votes.
public struct ConsensusState: Hashable, Sendable {
    /// The chain.
    public let chainID: String
    /// The height of the next block.
    public let height: Int64
    /// Who signs it, and who signs the one after.
    public let schedule: ValidatorSchedule
    /// The last block as it was signed; nil before the first.
    public let last: LightBlock?
    private let appHash: [UInt8]
    private let lastResultsHash: Hash32

    /// The state of a chain that has no block yet.
    ///
    /// - Parameters:
    ///   - initialHeight: the height of its first block.
    ///   - genesis: what came of the genesis.
    /// - Throws: `invalidValidators`; `invalidBlock` for a height beyond the engine's.
    public init(chainID: String, initialHeight: UInt64, genesis: EngineOutcome) throws(SandboxError) {
        guard let height = Int64(exactly: initialHeight) else {
            throw SandboxError(.invalidBlock, "the engine has no height \(initialHeight): begin the chain lower")
        }
        self.chainID = chainID
        self.height = height
        schedule = try ValidatorSchedule(genesis: genesis.validatorUpdates)
        last = nil
        appHash = genesis.appHash.bytes
        lastResultsHash = .ofNothing
    }

    /// The state after a block.
    ///
    /// - Parameters:
    ///   - last: the block as it was signed.
    ///   - schedule: who signs the next block, and the one after.
    ///   - outcome: what came of the block.
    init(after last: LightBlock, schedule: ValidatorSchedule, outcome: EngineOutcome) throws(SandboxError) {
        let (height, overflow) = last.height.addingReportingOverflow(1)
        guard !overflow else { throw SandboxError(.invalidBlock, "the chain is at the engine's last height") }
        chainID = last.signedHeader.header.chainID
        self.height = height
        self.schedule = schedule
        self.last = last
        appHash = outcome.appHash.bytes
        lastResultsHash = outcome.results.hash
    }

    /// The state after the next block.
    ///
    /// - Parameters:
    ///   - block: the block as it was signed.
    ///   - outcome: what came of it.
    /// - Throws: `invalidValidators` when its changes leave no set that can sign.
    public func advanced(past block: LightBlock, outcome: EngineOutcome) throws(SandboxError) -> ConsensusState {
        var schedule = schedule
        try schedule.advance(outcome.validatorUpdates)
        return try ConsensusState(after: block, schedule: schedule, outcome: outcome)
    }

    /// The next block, with its header.
    ///
    /// - Throws: `invalidBlock` for what the engine's formats can't hold, and for a time that is not after the last block's.
    func block(time: Timestamp, transactions: [[UInt8]], evidence: [Evidence]) throws(SandboxError) -> Block {
        try SandboxError.making(height) { () throws(CometBFTError) in
            // No light client follows a chain whose time stands still.
            if let last, try BlockTime(time) <= last.time {
                throw CometBFTError(.outOfRange, "its time \(time) is not after the last block's, \(last.time)")
            }
            let commit = last?.signedHeader.commit
            let header = try Header(
                version: Version(),
                chainID: chainID,
                height: height,
                time: BlockTime(time),
                lastBlockID: commit?.blockID ?? .nil,
                lastCommitHash: commit?.hash ?? .ofNothing,
                dataHash: Block.dataHash(of: transactions),
                validatorsHash: schedule.current.hash,
                nextValidatorsHash: schedule.next.hash,
                consensusHash: ConsensusParameters.sandbox().hash,
                appHash: appHash,
                lastResultsHash: lastResultsHash,
                evidenceHash: evidence.hash,
                proposerAddress: proposer
            )
            return try Block(header: header, transactions: transactions, evidence: evidence, lastCommit: commit)
        }
    }

    /// The next block as its validators sign it.
    ///
    /// - Throws: `noQuorum`; `invalidBlock` for what the engine's formats can't hold.
    public func signedBlock(
        time: Timestamp,
        transactions: [[UInt8]],
        evidence: [Evidence] = [],
        by signers: Signers
    ) throws(SandboxError) -> LightBlock {
        let block = try block(time: time, transactions: transactions, evidence: evidence)
        let commit = try signers.commit(block.id, of: block.header, by: schedule.current)
        return try SandboxError.making(height) { () throws(CometBFTError) in
            try LightBlock(
                signedHeader: try SignedHeader(header: block.header, commit: commit),
                validators: try ValidatorSet(
                    ordered: schedule.current.validators,
                    proposer: schedule.current.validators[proposerIndex]
                )
            )
        }
    }

    /// Who proposes the next block.
    var proposer: ValidatorAddress { schedule.current.validators[proposerIndex].address }

    // A set is never empty.
    private var proposerIndex: Int { Int(height % Int64(schedule.current.validators.count)) }
}

extension BlockTime {
    /// A block's time in the engine's form.
    init(_ time: Timestamp) throws(CometBFTError) {
        let (seconds, rest) = time.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        try self.init(seconds: Int64(clamping: seconds), nanoseconds: Int32(clamping: rest))
    }
}

extension SandboxError {
    /// Runs what makes a block and wraps what it throws.
    static func making<Value>(_ height: Int64, _ body: () throws(CometBFTError) -> Value) throws(SandboxError) -> Value
    {
        do throws(CometBFTError) {
            return try body()
        } catch {
            throw SandboxError(
                .invalidBlock,
                "block \(height) can't be put in the engine's formats: \(error.message)",
                cause: error
            )
        }
    }
}
