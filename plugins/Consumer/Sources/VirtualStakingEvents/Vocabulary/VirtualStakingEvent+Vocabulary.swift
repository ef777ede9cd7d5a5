import Foundation
public import ModuleKit

extension VirtualStakingQuery: QueryVocabulary {
    /// What virtual staking answers.
    public typealias Answer = VirtualStakingAnswer
}

extension VirtualStakingEvent: EventVocabulary {
    /// Every kind of event. Whatever creates or destroys virtual tokens, or takes stake back at once, needs the grant.
    ///
    /// That the cap changed is final: nobody who hears of it can keep stake bonded above the new one.
    public static let kinds = [
        EventKind(1, "configured"),
        EventKind(2, "cap_changed", delivery: .final),
        EventKind(3, "bonded", privilege: .mintVirtualStake),
        EventKind(4, "released", privilege: .mintVirtualStake),
        EventKind(5, "returned"),
        EventKind(6, "burned", privilege: .mintVirtualStake),
        EventKind(7, "stake_lost", privilege: .mintVirtualStake),
        EventKind(8, "release_deferred"),
        EventKind(9, "bond_failed"),
        EventKind(10, "epoch_completed"),
        EventKind(11, "pairing_closed"),
        EventKind(12, "stake_imported"),
        EventKind(13, "standing_imported"),
    ]

    /// The description of `virtual_staking.proto` and its imports.
    public static let descriptorSet = [UInt8](Data(base64Encoded: virtualStakingDescriptorSetBase64) ?? Data())
}

extension Privilege {
    /// The right to mint virtual tokens and bond them, up to the grant's cap, and to take them back at once and burn them.
    ///
    /// Governance gives it and changes its cap. A cap of zero is how it is taken: the grant then still lives, and all stake is
    /// let go under it. An instance that still owes stake, during a slash, needs the grant until the slash is complete.
    public static let mintVirtualStake = Privilege("virtual-staking/mint")
}

extension VirtualStakingSettings: StateValue {}
