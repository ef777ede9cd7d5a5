public import ModuleKit

/// A vocabulary some of whose events punish validators, such as that of a slashing module.
///
/// Native staking carries the punishments out if the event comes from the one instance that its settings name.
public protocol PunishesValidators: EventVocabulary {
    /// What this event does to validators, in order; mostly nothing.
    var punishments: [ValidatorPunishment] { get throws(ModuleError) }
}

/// Something that is done to one validator.
public struct ValidatorPunishment: Sendable, Hashable {
    /// What can be done.
    public enum Action: Sendable, Hashable {
        /// Burns a fraction of the stake that the validator had at a height.
        ///
        /// What was unbonded or redelegated since that height pays too. `power` is the power at that height.
        case slash(fraction: Decimal18, infractionHeight: UInt64, power: UInt64)
        /// Takes the validator out of the active set, and keeps it out at least until a time.
        case jail(until: Timestamp?)
        /// Keeps the validator out for good; it does not jail by itself.
        case tombstone
        /// Lets the validator in again.
        case unjail
    }

    /// The address of the validator's consensus key.
    public let consensusAddress: Address
    /// What is done.
    public let action: Action

    /// Describes a punishment.
    public init(consensusAddress: Address, _ action: Action) {
        self.consensusAddress = consensusAddress
        self.action = action
    }
}
