import Foundation
public import ModuleKit

extension VirtualStakingQuery: QueryVocabulary {
    /// What virtual staking answers.
    public typealias Answer = VirtualStakingAnswer
}

extension VirtualStakingEvent: EventVocabulary {
    /// Every kind of event. Whatever creates or destroys virtual tokens, or takes stake back at once, needs the grant. For what
    /// only takes back what was bonded under it, a grant that was revoked is enough: nothing stays bonded for want of one.
    ///
    /// That the cap changed is final: nobody who hears of it can keep stake bonded above the new one.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "cap_changed", delivery: .final),
        EventKind(3, "bonded", privilege: .mintVirtualStake),
        EventKind(4, "released", privilege: .mintVirtualStake, outlivesGrant: true),
        EventKind(5, "returned"),
        EventKind(6, "burned", privilege: .mintVirtualStake, outlivesGrant: true),
        EventKind(7, "stake_lost", privilege: .mintVirtualStake, outlivesGrant: true),
        EventKind(8, "release_deferred"),
        EventKind(9, "bond_failed"),
        EventKind(10, "epoch_completed"),
        EventKind(11, "pairing_closed"),
        EventKind(12, "stake_imported"),
        EventKind(13, "standing_imported"),
        EventKind(14, "releases_postponed"),
        EventKind(30, "rewards_ordered"),
        EventKind(31, "reward_failed"),
        EventKind(32, "rewards_collected"),
        EventKind(33, "collection_paused"),
        EventKind(34, "collection_completed"),
        EventKind(35, "other_rewards_given"),
        EventKind(36, "rewards_imported"),
    ]

    /// The description of `virtual_staking.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: virtualStakingDescriptorSetBase64) ?? Data())
}

extension Privilege {
    /// The right to mint virtual tokens and bond them, up to the grant's cap, and to take them back at once and burn them.
    ///
    /// Governance gives it and changes its cap. At a cap of zero, and without the grant, all stake is let go; what can't be let
    /// go at once follows, grant or no grant. An instance refuses a grant, or more of it, until its pairing is set up and nobody
    /// but the chain's authority can change it any more.
    public static let mintVirtualStake = Privilege("virtual-staking/mint")
}

extension VirtualStakingSettings: StateValue {}
extension VirtualStakingCollection: StateValue {}
