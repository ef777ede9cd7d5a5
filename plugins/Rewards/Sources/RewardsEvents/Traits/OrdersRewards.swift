public import ModuleKit

/// A vocabulary some of whose events withdraw what stake of the emitting instance has earned, such as those of virtual
/// staking and of local staking.
///
/// Modules don't call each other: an instance that wants its rewards says so in an event, and rewards reacts. The delegator is
/// always the address of the emitting instance, or one of its sub-accounts, so no right is needed, and the coins are always
/// paid to the instance. To each order there is one answer, `RewardsEvent.withdrawn`, which is addressed to the instance: it
/// says what this withdrawal returned, also where that is nothing.
public protocol OrdersRewards: EventVocabulary {
    /// What this event withdraws, in order; mostly nothing.
    var rewardOrders: [RewardOrder] { get throws(ModuleError) }
}

/// A wish of an instance about what its own stake has earned.
public struct RewardOrder: Sendable, Hashable {
    /// The operator of the validator behind which the stake is, or was.
    public let validator: Address
    /// For whom the instance staked, as in a `StakeOrder`; nil for itself.
    public let owner: Address?

    /// Describes a wish.
    public init(validator: Address, owner: Address? = nil) {
        self.validator = validator
        self.owner = owner
    }
}
