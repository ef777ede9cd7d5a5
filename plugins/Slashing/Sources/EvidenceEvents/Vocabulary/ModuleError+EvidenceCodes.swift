public import ModuleKit

extension ModuleError.Code {
    private static func evidence(_ number: UInt32) -> Self { Self("evidence", number) }

    /// Bytes are not the evidence, header or validator set that they should be, or not as CometBFT writes them.
    public static let malformedEvidence = evidence(1)
    /// The client has verified no header of the votes' height.
    public static let infractionHeaderUnverified = evidence(2)
    /// The client was started from the votes' height, and knows no hash of its header.
    public static let infractionHeaderHashUnknown = evidence(3)
    /// The header is not the one that the client has verified.
    public static let wrongInfractionHeader = evidence(4)
    /// The validators are not those that the header names.
    public static let wrongInfractionValidators = evidence(5)
    /// The votes do not contradict each other, or stand in the wrong order.
    public static let noDuplicateVote = evidence(6)
    /// The voter is not among the validators of that height.
    public static let unknownVoter = evidence(7)
    /// A vote is not signed by the voter for the chain of the client.
    public static let invalidVoteSignature = evidence(8)
    /// What the evidence states about powers or time, and nobody signed, is not so.
    public static let wrongEvidenceStatement = evidence(9)
    /// The infraction is older than the unbonding period.
    public static let evidenceTooOld = evidence(10)
    /// The instance was told of this validator and height before.
    public static let alreadyProven = evidence(11)
    /// The client follows this very chain, whose validators answer to its own consensus engine.
    public static let evidenceAgainstOwnChain = evidence(12)
    /// An event of the module's own contradicts its state: a damaged log, or a defect.
    public static let inconsistentEvidenceEvent = evidence(13)
}
