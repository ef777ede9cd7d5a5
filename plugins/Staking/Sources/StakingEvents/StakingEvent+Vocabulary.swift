internal import Foundation
public import ModuleKit

extension StakingMessage: MessageVocabulary {}

extension StakingQuery: QueryVocabulary {
    /// The answers of native staking.
    public typealias Answer = StakingAnswer
}

extension StakingEvent: EventVocabulary {
    /// Every kind of event.
    ///
    /// A slash and what a block's end does can't be vetoed: a subscriber that fails there is rolled back alone.
    public static let kinds: [EventKind] = [
        EventKind(1, "configured"),
        EventKind(2, "parameters_set"),
        EventKind(3, "validator_created"),
        EventKind(4, "validator_edited"),
        EventKind(5, "delegated"),
        EventKind(6, "undelegated"),
        EventKind(7, "redelegated"),
        EventKind(8, "unbonding_cancelled"),
        EventKind(9, "unbonding_completed", delivery: .final),
        EventKind(10, "redelegation_completed", delivery: .final),
        EventKind(11, "validator_set_updated", privilege: .setValidators, delivery: .final),
        EventKind(12, "validator_unbonded", delivery: .final),
        EventKind(13, "validator_removed", delivery: .final),
        EventKind(14, "slash_started", privilege: .punish, delivery: .final),
        EventKind(15, "unbonding_slashed", privilege: .punish, delivery: .final),
        EventKind(16, "redelegation_slashed", privilege: .punish, delivery: .final),
        EventKind(17, "validator_slashed", privilege: .punish, delivery: .final),
        EventKind(18, "validator_jailed", privilege: .punish, delivery: .final),
        EventKind(19, "validator_unjailed"),
        EventKind(20, "validator_tombstoned", privilege: .punish, delivery: .final),
        EventKind(21, "validator_imported"),
        EventKind(22, "delegation_imported"),
        EventKind(23, "unbonding_imported"),
        EventKind(24, "redelegation_imported"),
        EventKind(25, "pools_funded"),
        EventKind(26, "genesis_transaction_applied"),
        EventKind(27, "slash_continued", privilege: .punish, delivery: .final),
        EventKind(28, "sub_account_imported"),
        EventKind(29, "recalls_credited", privilege: .punish, delivery: .final),
        EventKind(30, "recalls_forgotten", delivery: .final),
    ]

    /// The `FileDescriptorSet` of `staking.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: stakingDescriptorSetBase64) ?? Data())
}

extension Privilege {
    /// The right to record that validators were slashed, jailed or tombstoned; the staking instance is granted it.
    public static let punish = Privilege("staking/punish")
    /// The right to say who signs blocks, and with what power. Anyone may deploy a staking instance; the chain's validators
    /// are those of the one that was granted this.
    public static let setValidators = Privilege("staking/set-validators")
}
