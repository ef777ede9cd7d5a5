public import GovernanceEvents
public import ModuleKit

extension GovernanceSettings: StateValue {}
extension GovernanceProposal: StateValue {}
extension GovernanceBallot: StateValue {}
extension GovernanceVoter: StateValue {}
extension GovernanceExecution: StateValue {}

/// The collections of an instance. Proposals are keyed by number, validators by operator.
struct GovernanceState: Sendable {
    let settings = StateItem<GovernanceSettings>(1, "settings")
    let rules = StateItem<GovernanceRules>(2, "parameters")
    let totals = StateItem<RunningTotals>(3, "totals")

    let proposals = StateMap<UInt64, GovernanceProposal>(4, "proposals")
    /// (proposal, depositor) of every deposit that is held.
    let deposits = StateMap<Pair<UInt64, Address>, HeldDeposit>(5, "deposits")
    /// Proposals in their deposit period, by its end.
    let depositQueue = StateIndex<Timestamp, UInt64>(6, "deposit queue")
    /// Proposals that wait to be voted on, by since when.
    let waiting = StateIndex<Timestamp, UInt64>(7, "waiting")
    /// Proposals that are voted on, by the end of it.
    let votingQueue = StateIndex<Timestamp, UInt64>(8, "voting queue")
    /// Accepted proposals that are still to be executed.
    let accepted = StateMap<UInt64, Unit>(9, "accepted")
    /// The proposal that is executed at the end of the block.
    let execution = StateItem<GovernanceExecution>(10, "execution")
    /// Proposals that are over, and have deposits or votes left.
    let clearing = StateMap<UInt64, Unit>(11, "clearing")

    /// (proposal, voter) of every vote that is kept.
    let ballots = StateMap<Pair<UInt64, Address>, GovernanceBallot>(12, "ballots")
    /// The proposals of every voter whose votes are kept.
    let voters = StateMap<Address, GovernanceVoter>(13, "voters")
    /// The multipliers of delegators; none is 1.
    let weights = StateMap<Address, Multiplier>(14, "weights")
    /// (delegator, validator) and the shares, of every voter and every delegator with a multiplier.
    let stakes = StateMap<Pair<Address, Address>, Shares>(15, "stakes")
    /// (proposal, validator); none is zero.
    let tallies = StateMap<Pair<UInt64, Address>, ValidatorTally>(16, "tallies")
    /// What of a validator's shares does not count, by the multipliers; none is zero.
    let discounts = StateMap<Address, Shares>(17, "discounts")
}

extension GovernanceState {
    /// The parameters.
    ///
    /// - Throws: `governanceNotConfigured` before the first configuration.
    func currentRules(_ state: some StateReading) throws(ModuleError) -> GovernanceRules {
        guard let rules = try rules.value(in: state) else { throw Self.notConfigured }
        return rules
    }

    /// The settings.
    ///
    /// - Throws: `governanceNotConfigured` before the first configuration.
    func currentSettings(_ state: some StateReading) throws(ModuleError) -> GovernanceSettings {
        guard let settings = try settings.value(in: state) else { throw Self.notConfigured }
        return settings
    }

    /// The running numbers, as they are at the beginning.
    func currentTotals(_ state: some StateReading) throws(ModuleError) -> RunningTotals {
        try totals.value(in: state) ?? RunningTotals()
    }

    /// A proposal.
    ///
    /// - Throws: `proposalNotFound`.
    func proposal(_ number: UInt64, in state: some StateReading) throws(ModuleError) -> GovernanceProposal {
        guard let proposal = try proposals.value(for: number, in: state) else {
            throw ModuleError(.proposalNotFound, "there is no proposal \(number): list the proposals with a query")
        }
        return proposal
    }

    /// How much of a delegator's stake counts.
    func multiplier(of delegator: Address, in state: some StateReading) throws(ModuleError) -> Decimal18 {
        try weights.value(for: delegator, in: state)?.value ?? .one
    }

    /// Whether a delegator's stake is known here, and kept up to date.
    func isTracked(_ delegator: Address, in state: some StateReading) throws(ModuleError) -> Bool {
        if try voters.contains(delegator, in: state) { return true }
        return try weights.contains(delegator, in: state)
    }

    private static var notConfigured: ModuleError {
        ModuleError(.governanceNotConfigured, "the governance instance has no parameters yet: configure it")
    }
}

extension GovernanceProposal {
    /// Whether the proposal is over: nothing is decided on it any more.
    var isOver: Bool {
        switch status {
        case .passed, .rejected, .failed, .expired, .cancelled: true
        case .depositPeriod, .votingPeriod, .waiting, .accepted, .unspecified, .UNRECOGNIZED: false
        }
    }

    var depositEnd: Timestamp { Timestamp(nanoseconds: depositEndTimeNanoseconds) }
    var waitingSince: Timestamp { Timestamp(nanoseconds: waitingSinceNanoseconds) }
    var votingEnd: Timestamp { Timestamp(nanoseconds: votingEndTimeNanoseconds) }
    /// Whether anybody could ever vote on it here.
    var hasBallotBox: Bool { hasRules }
}
