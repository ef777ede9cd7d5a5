internal import Foundation
public import ModuleKit

extension SlashingMessage: MessageVocabulary {}

extension SlashingQuery: QueryVocabulary {
    /// The answers of slashing.
    public typealias Answer = SlashingAnswer
}

extension SlashingEvent: EventVocabulary {
    /// Every kind of event. What only notes who signed can't be vetoed.
    public static let kinds: [EventKind] = [
        EventKind(1, "configured"),
        EventKind(2, "parameters_set"),
        EventKind(3, "active_set_changed", delivery: .final),
        EventKind(4, "signers_changed", delivery: .final),
        EventKind(5, "votes_missed", delivery: .final),
        EventKind(6, "downtime_punished"),
        EventKind(7, "double_sign_punished"),
        EventKind(8, "misbehavior_ignored", delivery: .final),
        EventKind(9, "punishment_refused", delivery: .final),
        EventKind(10, "unjailed"),
        EventKind(11, "signing_info_imported"),
        EventKind(12, "missed_votes_imported"),
        EventKind(13, "equivocation_imported"),
    ]

    /// The `FileDescriptorSet` of `slashing.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: slashingDescriptorSetBase64) ?? Data())
}

extension SlashingSettings: StateValue {}
extension SlashingSigningInfo: StateValue {}
extension SlashingMissedVotes: StateValue {}
extension SlashingEquivocation: StateValue {}
