import Foundation
public import ModuleKit

extension GovernanceMessage: MessageVocabulary {}

extension GovernanceQuery: QueryVocabulary {
    /// The answers of governance.
    public typealias Answer = GovernanceAnswer
}

extension GovernanceEvent: EventVocabulary {
    /// The name of the module.
    public static let moduleName = "governance"

    /// Every kind of event.
    ///
    /// All can be vetoed, also what a block's end does: a proposal whose messages somebody refuses fails, and a deposit that
    /// can't be given back waits.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "parameters_set"),
        EventKind(3, "proposal_submitted"),
        EventKind(4, "deposited"),
        EventKind(5, "voting_queued"),
        EventKind(6, "voting_started"),
        EventKind(7, "stakes_counted"),
        EventKind(8, "stake_changed"),
        EventKind(9, "voted"),
        EventKind(10, "deposit_period_ended"),
        EventKind(11, "proposal_cancelled"),
        EventKind(12, "voting_ended"),
        EventKind(13, "execution_began"),
        EventKind(14, "executed"),
        EventKind(15, "execution_failed"),
        EventKind(16, "deposit_settled"),
        EventKind(17, "settlement_failed"),
        EventKind(18, "ballots_dropped"),
        EventKind(19, "proposal_cleared"),
        EventKind(20, "weight_set"),
        EventKind(21, "numbering_set"),
        EventKind(22, "proposal_imported"),
        EventKind(23, "deposit_imported"),
        EventKind(24, "deposits_funded"),
    ]

    /// The `FileDescriptorSet` of `governance.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: governanceDescriptorSetBase64) ?? Data())
}

extension GovernanceFailure {
    /// Records why something failed; a long message is cut.
    public init(_ error: ModuleError) {
        self.init()
        codespace = error.codespace
        code = error.code.number
        reason = error.recordedMessage
    }
}
