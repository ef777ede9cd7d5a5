public import ModuleKit

/// A vocabulary some of whose events stake coins of the emitting instance itself, such as those of virtual staking and of
/// local staking.
///
/// Modules don't call each other: an instance that wants to delegate says so in an event, and native staking reacts.
/// The delegator is always the address of the emitting instance, or one of its sub-accounts, so no right is needed. The
/// same event has to move the coins of its `delegate` orders from the instance to `StakingOrders.accountAddress`, or the
/// bank refuses it. Coins that come back, at once or after the unbonding time, are paid to the instance.
///
/// What staking records of a sub-account is addressed to the instance that ordered it: see `StakingEvent.addressee`.
public protocol OrdersStake: EventVocabulary {
    /// What this event stakes, moves or takes back, in order; mostly nothing.
    var stakeOrders: [StakeOrder] { get throws(ModuleError) }
}

/// A wish of an instance about its own stake.
///
/// While a slash of a validator is in progress, every order that concerns its stake throws `slashInProgress`, which vetoes
/// the event: nothing enters or leaves, `undelegateAtOnce` included. That lasts some blocks at most.
public struct StakeOrder: Sendable, Hashable {
    /// What can be wished.
    public enum Action: Sendable, Hashable {
        /// Delegates coins.
        case delegate
        /// Moves coins to another validator, by the rules of redelegation.
        case redelegate(to: Address)
        /// Takes coins back after the unbonding time.
        case undelegate
        /// Takes coins back at once, whatever the validator's state; only for events of a privileged kind.
        case undelegateAtOnce
    }

    /// The validator's operator; for a redelegation that which coins leave.
    public let validator: Address
    /// How many units of the bond denomination.
    public let amount: Amount
    /// What is wished.
    public let action: Action
    /// For whom the instance does it; nil for itself.
    ///
    /// The delegator is then `Address(instance:account:)`, so that what is staked for one account is apart from what is
    /// staked for another: delegation, unbonding and redelegation with their limits, rewards and votes.
    public let owner: Address?

    /// Describes a wish.
    public init(_ action: Action, _ amount: Amount, validator: Address, owner: Address? = nil) {
        self.action = action
        self.amount = amount
        self.validator = validator
        self.owner = owner
    }
}
