public import ModuleKit

/// A vocabulary some of whose events stake coins of the emitting instance itself, such as that of virtual staking.
///
/// Modules don't call each other: an instance that wants to delegate says so in an event, and native staking reacts.
/// The delegator is always the address of the emitting instance, so no right is needed. The same event has to move the
/// coins of its `delegate` orders from the instance to `StakingOrders.accountAddress`, or the bank refuses it.
public protocol OrdersStake: EventVocabulary {
    /// What this event stakes or takes back, in order; mostly nothing.
    var stakeOrders: [StakeOrder] { get throws(ModuleError) }
}

/// A wish of an instance about its own stake.
public struct StakeOrder: Sendable, Hashable {
    /// What can be wished.
    public enum Action: Sendable, Hashable {
        /// Delegates coins.
        case delegate
        /// Takes coins back after the unbonding time.
        case undelegate
        /// Takes coins back at once, whatever the validator's state; only for events of a privileged kind.
        case undelegateAtOnce
    }

    /// The validator's operator.
    public let validator: Address
    /// How many units of the bond denomination.
    public let amount: Amount
    /// What is wished.
    public let action: Action

    /// Describes a wish.
    public init(_ action: Action, _ amount: Amount, validator: Address) {
        self.action = action
        self.amount = amount
        self.validator = validator
    }
}
