internal import Foundation
public import ModuleKit

extension RewardsMessage: MessageVocabulary {}

extension RewardsQuery: QueryVocabulary {
    /// The answers of rewards.
    public typealias Answer = RewardsAnswer
}

extension RewardsEvent: EventVocabulary {
    /// Every kind of event. Creating provisions needs a grant. That a validator is gone can't be vetoed.
    public static let kinds: [EventKind] = [
        EventKind(1, "configured"),
        EventKind(2, "parameters_set"),
        EventKind(3, "provisions_minted", privilege: .mintProvisions),
        EventKind(4, "distributed"),
        EventKind(5, "powers_changed"),
        EventKind(6, "validator_added"),
        EventKind(7, "commission_changed"),
        EventKind(8, "validator_removed"),
        EventKind(9, "shares_changed"),
        EventKind(10, "withdrawn"),
        EventKind(11, "commission_withdrawn"),
        EventKind(12, "withdraw_address_set"),
        EventKind(13, "community_pool_funded"),
        EventKind(14, "community_pool_spent"),
        EventKind(15, "withdrawal_stopped"),
        EventKind(16, "inflation_imported"),
        EventKind(17, "denomination_imported"),
        EventKind(18, "validator_imported"),
        EventKind(19, "position_imported"),
        EventKind(20, "genesis_funded"),
        EventKind(21, "fee_collected"),
    ]

    /// The `FileDescriptorSet` of `rewards.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: rewardsDescriptorSetBase64) ?? Data())
}

extension Privilege {
    /// The right of a rewards module to create the provisions of each block.
    public static let mintProvisions = Privilege("rewards/mint")
}

extension RewardsSettings: StateValue {}
