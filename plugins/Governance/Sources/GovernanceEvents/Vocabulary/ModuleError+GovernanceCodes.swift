public import ModuleKit

extension ModuleError.Code {
    private static func governance(_ number: UInt32) -> Self { Self("governance", number) }

    /// There is no such proposal.
    public static let proposalNotFound = governance(1)
    /// A title is missing, or something of a proposal is too long.
    public static let proposalMalformed = governance(2)
    /// A proposal has a message to an instance that does not exist.
    public static let unknownAddressee = governance(3)
    /// A deposit is zero, or of another denomination than the bond denomination.
    public static let notDepositCoin = governance(4)
    /// A deposit is below the least that is taken.
    public static let depositTooSmall = governance(5)
    /// The proposal is not in its deposit period, or that is over.
    public static let depositPeriodOver = governance(6)
    /// The proposal can't be voted on: not yet, or not any more.
    public static let votingClosed = governance(7)
    /// A vote has no options, an option twice or an unknown one, or weights that are not allowed.
    public static let invalidVote = governance(8)
    /// Who votes has no stake, and is no validator.
    public static let voterHasNoStake = governance(9)
    /// Only the proposer may take a proposal back.
    public static let notProposer = governance(10)
    /// The proposal is over.
    public static let proposalOver = governance(11)
    /// There is no deposit to be taken back.
    public static let depositNotFound = governance(12)
    /// Only the chain's authority, or governance, may say how much stake counts.
    public static let notAuthority = governance(13)
    /// A multiplier is above 1, or there are too many already.
    public static let weightNotAllowed = governance(14)
    /// A parameter has a value that is not allowed.
    public static let governanceParameterNotAllowed = governance(15)
    /// The instance has no configuration yet.
    public static let governanceNotConfigured = governance(16)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentGovernanceEvent = governance(17)
    /// The parts of a genesis document contradict each other.
    public static let governanceGenesisContradiction = governance(18)
    /// The execution of a proposal needed more than one block's end allows.
    public static let executionTooLarge = governance(19)
    /// A proposal of another chain's program, which this one can't execute.
    public static let foreignProposal = governance(20)
}
