import Foundation
public import ModuleKit

extension LocalStakingMessage: MessageVocabulary {}

extension LocalStakingQuery: QueryVocabulary {
    /// What local staking answers.
    public typealias Answer = LocalStakingAnswer
}

extension LocalStakingEvent: EventVocabulary {
    /// Every kind of event. Taking forfeit stake back at once needs a grant.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "vault_bound"),
        EventKind(3, "lien_taken"),
        EventKind(4, "restake_ordered"),
        EventKind(5, "restaked"),
        EventKind(6, "unstake_ordered"),
        EventKind(7, "unbonding_started"),
        EventKind(8, "coins_returned"),
        EventKind(9, "released"),
        EventKind(10, "stake_cut"),
        EventKind(11, "forfeit_recalled", privilege: .undelegateLocalStakeAtOnce),
        EventKind(12, "forfeit_unstaked"),
        EventKind(13, "stake_lost"),
        EventKind(14, "account_imported"),
        EventKind(15, "recalls_paused"),
        EventKind(16, "voted"),
        EventKind(17, "rewards_ordered"),
        EventKind(18, "rewards_paid"),
        EventKind(19, "recount_started"),
        EventKind(20, "recount_continued"),
    ]

    /// The description of `local_staking.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: localStakingDescriptorSetBase64) ?? Data())
}

extension Privilege {
    /// The right of local staking to take stake that a cut has made forfeit from its validator without unbonding time.
    public static let undelegateLocalStakeAtOnce = Privilege("local-staking/undelegate-at-once")
}

extension LocalStakingSettings: StateValue {}
extension LocalStakingBinding: StateValue {}
extension LocalStakingStoredAccount: StateValue {}
extension LocalStakingOpenOrder: StateValue {}
extension LocalStakingRecallPlace: StateValue {}
extension LocalStakingRecount: StateValue {}
