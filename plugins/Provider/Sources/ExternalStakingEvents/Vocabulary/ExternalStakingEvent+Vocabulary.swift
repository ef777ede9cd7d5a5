import Foundation
public import ModuleKit

extension ExternalStakingMessage: MessageVocabulary {}

extension ExternalStakingQuery: QueryVocabulary {
    /// What an external staking answers.
    public typealias Answer = ExternalStakingAnswer
}

extension ExternalStakingEvent: EventVocabulary {
    /// Every kind of event. What the other chain has decided is final, and so is the cut of a lien: nobody who hears
    /// of it can undo it.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "channel_answered"),
        EventKind(3, "channel_opened"),
        EventKind(4, "channel_closed", delivery: .final),
        EventKind(5, "validator_set_updated", delivery: .final),
        EventKind(6, "stake_sent"),
        EventKind(7, "unstake_sent"),
        EventKind(8, "stake_committed", delivery: .final),
        EventKind(9, "stake_rolled_back", delivery: .final),
        EventKind(10, "unstake_committed", delivery: .final),
        EventKind(11, "unstake_rolled_back", delivery: .final),
        EventKind(12, "handed_back", delivery: .final),
        EventKind(13, "lien_cut", delivery: .final),
        EventKind(14, "burn_ordered", delivery: .final),
        EventKind(15, "burn_sent", delivery: .final),
        EventKind(16, "burn_returned", delivery: .final),
        EventKind(17, "burn_settled", delivery: .final),
        EventKind(18, "withdrawn"),
        EventKind(19, "counter_imported"),
        EventKind(20, "validator_imported"),
        EventKind(21, "key_imported"),
        EventKind(22, "stake_imported"),
        EventKind(23, "transaction_imported"),
        EventKind(30, "vouchers_received"),
        EventKind(31, "rewards_distributed", delivery: .final),
        EventKind(32, "rewards_paid"),
        EventKind(33, "rewards_sent"),
        EventKind(34, "rewards_delivered", delivery: .final),
        EventKind(35, "rewards_returned", delivery: .final),
        EventKind(36, "community_funded"),
        EventKind(37, "community_funding_failed", delivery: .final),
        EventKind(38, "hook_answered"),
        EventKind(39, "surplus_released"),
        EventKind(40, "infraction_recorded", delivery: .final),
        EventKind(41, "liability_settled"),
        EventKind(42, "settlement_failed", delivery: .final),
        EventKind(43, "sweep_advanced", delivery: .final),
        EventKind(44, "offender_imported"),
        EventKind(45, "due_imported"),
    ]

    /// The description of `external_staking.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: externalStakingDescriptorSetBase64) ?? Data())

    /// The module name of external stakings, as their manifest has it.
    public static let moduleName = "external-staking"
}

extension ExternalStakingSettings: StateValue {}
extension ExternalStakingPairing: StateValue {}
extension ExternalStakingStakeOwner: StateValue {}
