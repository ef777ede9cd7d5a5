import LocalStakingEvents
public import ModuleKit

/// What a slash of this chain takes of a stake. The rule:
///
/// - Coins with the validator are compared with what the delegation is worth, and coins that are unbonding with what is left
///   of the entries. What is missing is lost.
/// - Of both the user's own part is lost first. What is forfeit is owed to the vault for another slash; it is lost only
///   where nothing of the user's is left beside it.
/// - A delegation is worth whole units, rounded down. What rounding takes is the user's loss too: the coins are not
///   destroyed, and belong to all who have shares of the validator.
extension StakeAccount {
    /// What is lost at one validator.
    public struct Loss: Sendable, Hashable {
        /// The operator.
        public let validator: Address
        /// Of what is staked for the user.
        public var staked = Amount.zero
        /// Of what is unbonding for him.
        public var unbonding = Amount.zero
        /// Of what is forfeit and with the validator.
        public var leaving = Amount.zero
        /// Of what is forfeit and unbonding.
        public var forfeit = Amount.zero

        /// Describes a loss of nothing.
        public init(validator: Address) { self.validator = validator }

        /// Whether nothing is lost.
        public var isEmpty: Bool { staked.isZero && unbonding.isZero && leaving.isZero && forfeit.isZero }
    }

    /// Takes off what is lost.
    ///
    /// - Throws: `arithmeticUnderflow` for more than there is.
    mutating func lose(_ loss: Loss) throws(ModuleError) {
        try change(loss.validator) { (stake) throws(ModuleError) in
            stake.staked = try stake.staked.subtracting(loss.staked)
            stake.unbonding = try stake.unbonding.subtracting(loss.unbonding)
            stake.leaving = try stake.leaving.subtracting(loss.leaving)
            stake.forfeit = try stake.forfeit.subtracting(loss.leaving).subtracting(loss.forfeit)
        }
    }
}

extension StakeAccount.Stake {
    /// What is with the validator, the forfeit part included.
    public var delegated: Amount { staked.saturatingAdding(leaving) }
    /// What is unbonding, the forfeit part included.
    public var entries: Amount { unbonding.saturatingAdding(forfeit.saturatingSubtracting(leaving)) }
    /// Whether a slash of the validator can reach any of it.
    public var isExposed: Bool { !delegated.isZero || !entries.isZero }

    /// What is lost where the delegation is worth so much, and so much is left of what is unbonding.
    public func loss(worth: Amount, unbonding left: Amount) -> StakeAccount.Loss {
        var loss = StakeAccount.Loss(validator: validator)
        let delegated = delegated.saturatingSubtracting(worth)
        loss.staked = min(delegated, staked)
        loss.leaving = delegated.saturatingSubtracting(loss.staked)
        let unbonding = entries.saturatingSubtracting(left)
        loss.unbonding = min(unbonding, self.unbonding)
        loss.forfeit = unbonding.saturatingSubtracting(loss.unbonding)
        return loss
    }
}

extension StakeAccount.Loss {
    init(_ event: LocalStakingStakeLost) throws(ModuleError) {
        self.init(validator: try Address(bech32: event.validator))
        staked = try Amount(event.staked)
        unbonding = try Amount(event.unbonding)
        leaving = try Amount(event.leaving)
        forfeit = try Amount(event.forfeit)
    }
}
