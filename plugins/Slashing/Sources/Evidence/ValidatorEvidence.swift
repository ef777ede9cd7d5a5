public import EvidenceEvents
import InterchainEvents
public import ModuleKit

/// Evidence against validators of other chains: that they signed two votes which contradict each other.
///
/// Anyone brings evidence, and nobody is trusted. What the validators of a height were, and when it was, the client of the
/// accused chain says: the header has to be the one that it has verified. So what happened while the client was in use
/// stays provable when the client has expired or is frozen. The two signatures say the rest.
///
/// The module judges, and does not punish. It tells the instance that the sender names, which knows what the validator has
/// at stake, and which may refuse. An instance is told once of a validator and a height. What was told one instance takes
/// nothing from another, so nobody can use up evidence by bringing it to the wrong place.
public struct ValidatorEvidence: ProtocolModule {
    /// What the module says of itself.
    public static let manifest = Manifest(
        name: evidenceModuleName,
        version: "1.0.0",
        requires: [interchainModuleName],
        summary: "Proofs that validators of other chains voted twice, for the instances that hold stake of them."
    )

    /// What was proven and could still be proven again.
    public let proofs = StateMap<ProofPlace, EvidenceDuplicateVoteProven>(1, "proofs")
    /// The same by the last moment at which it can be proven.
    public let expirations = StateIndex<Timestamp, ProofPlace>(2, "expirations")

    /// The module.
    public init() {}

    /// Does what a message asks for, once it is proven.
    public func handle(_ message: EvidenceMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .proveDuplicateVote(let request): try handle(request, context)
        case nil: throw ModuleError(.unknownMessage, "the message asks for nothing: set prove_duplicate_vote")
        }
    }

    /// Forgets what is too old to be proven again.
    public func endBlock(_ context: Context) throws(ModuleError) { try forgetExpired(context) }
}
