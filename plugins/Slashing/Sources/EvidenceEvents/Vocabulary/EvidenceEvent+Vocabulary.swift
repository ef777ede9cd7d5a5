import Foundation
public import ModuleKit

extension EvidenceMessage: MessageVocabulary {}

extension EvidenceQuery: QueryVocabulary {
    /// What the evidence module answers.
    public typealias Answer = EvidenceAnswer
}

extension EvidenceEvent: EventVocabulary {
    /// Every kind of event. Whoever is told of a proof may refuse it; then nothing was proven.
    public static let kinds = [
        EventKind(1, "duplicate_vote_proven"),
        EventKind(2, "proofs_forgotten"),
        EventKind(3, "proof_imported"),
    ]

    /// The description of `evidence.proto`.
    public static let descriptorSet = [UInt8](Data(base64Encoded: evidenceDescriptorSetBase64) ?? Data())
}

extension EvidenceDuplicateVoteProven: StateValue {}

/// The name of the module whose events prove what validators of other chains have done.
public let evidenceModuleName = "evidence"
