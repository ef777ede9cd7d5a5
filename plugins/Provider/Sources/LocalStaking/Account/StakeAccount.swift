public import ModuleKit

/// What one user has staked on this chain, as local staking counts it.
///
/// A value, without clock and storage. Invariants, kept by every operation: validators are sorted and each once, none has
/// nothing; of what is forfeit, no more is leaving than there is. The lien is `lien`; what is forfeit is not part of it.
public struct StakeAccount: Sendable, Hashable {
    /// What a user has with one validator.
    public struct Stake: Sendable, Hashable {
        /// The operator.
        public let validator: Address
        /// With the validator, for the user.
        public internal(set) var staked = Amount.zero
        /// Unbonding, for the user.
        public internal(set) var unbonding = Amount.zero
        /// Back, and not released.
        public internal(set) var returned = Amount.zero
        /// For the vault, because the lien was cut: with the validator or unbonding.
        public internal(set) var forfeit = Amount.zero
        /// The part of what is forfeit that is still with the validator, and has to be taken back.
        public internal(set) var leaving = Amount.zero

        /// Describes a stake of nothing.
        public init(validator: Address) { self.validator = validator }

        /// What counts as lien.
        public var lien: Amount { staked.saturatingAdding(unbonding).saturatingAdding(returned) }

        var isEmpty: Bool { lien.isZero && forfeit.isZero && leaving.isZero }
    }

    /// By operator.
    public private(set) var stakes: [Stake]

    /// An account of these stakes.
    public init(_ stakes: [Stake] = []) {
        self.stakes = stakes.filter { !$0.isEmpty }.sorted { $0.validator < $1.validator }
    }

    /// What the vault's lien is.
    public var lien: Amount { sum(\.lien) }
    /// What has come back and can be released.
    public var returned: Amount { sum(\.returned) }

    /// What there is with a validator; nothing when there is no record.
    public func stake(at validator: Address) -> Stake {
        stakes.first { $0.validator == validator } ?? Stake(validator: validator)
    }

    /// The sum of one part over all validators.
    public func sum(_ part: KeyPath<Stake, Amount>) -> Amount {
        stakes.reduce(.zero) { $0.saturatingAdding($1[keyPath: part]) }
    }

    /// Changes what there is with a validator; nothing changes when `body` throws.
    mutating func change(_ validator: Address, _ body: (inout Stake) throws(ModuleError) -> Void) throws(ModuleError) {
        let index = stakes.firstIndex { $0.validator >= validator } ?? stakes.endIndex
        let isKnown = index < stakes.endIndex && stakes[index].validator == validator
        var stake = isKnown ? stakes[index] : Stake(validator: validator)
        try body(&stake)
        switch (isKnown, stake.isEmpty) {
        case (true, true): stakes.remove(at: index)
        case (true, false): stakes[index] = stake
        case (false, true): break
        case (false, false): stakes.insert(stake, at: index)
        }
    }
}

extension StakeAccount {
    /// Adds stake.
    mutating func stake(_ amount: Amount, at validator: Address) throws(ModuleError) {
        try change(validator) { (stake) throws(ModuleError) in stake.staked = try stake.staked.adding(amount) }
    }

    /// Moves stake to another validator.
    mutating func restake(_ amount: Amount, from source: Address, to destination: Address) throws(ModuleError) {
        try change(source) { (stake) throws(ModuleError) in stake.staked = try stake.staked.subtracting(amount) }
        try self.stake(amount, at: destination)
    }

    /// Begins to unbond the user's stake, or what is forfeit and leaving.
    mutating func unbond(_ amount: Amount, from validator: Address, isForfeit: Bool) throws(ModuleError) {
        try change(validator) { (stake) throws(ModuleError) in
            if isForfeit {
                stake.leaving = try stake.leaving.subtracting(amount)
            } else {
                stake.staked = try stake.staked.subtracting(amount)
                stake.unbonding = try stake.unbonding.adding(amount)
            }
        }
    }

    /// Takes back stake of the user from a validator that keeps nothing back.
    mutating func receiveStaked(_ amount: Amount, from validator: Address) throws(ModuleError) {
        try change(validator) { (stake) throws(ModuleError) in
            stake.staked = try stake.staked.subtracting(amount)
            stake.returned = try stake.returned.adding(amount)
        }
    }

    /// Takes back what is forfeit and leaving; it goes on to the vault.
    mutating func receiveLeaving(_ amount: Amount, from validator: Address) throws(ModuleError) {
        try change(validator) { (stake) throws(ModuleError) in
            stake.leaving = try stake.leaving.subtracting(amount)
            stake.forfeit = try stake.forfeit.subtracting(amount)
        }
    }

    /// Takes back what was unbonding: what is forfeit first, which goes on to the vault.
    mutating func receiveUnbonding(_ amount: Amount, from validator: Address, forfeit: Amount) throws(ModuleError) {
        let rest = try amount.subtracting(forfeit)
        try change(validator) { (stake) throws(ModuleError) in
            stake.forfeit = try stake.forfeit.subtracting(forfeit)
            stake.unbonding = try stake.unbonding.subtracting(rest)
            stake.returned = try stake.returned.adding(rest)
        }
    }

    /// Gives all that came back to the vault.
    mutating func release() throws(ModuleError) {
        for stake in stakes where !stake.returned.isZero {
            try change(stake.validator) { (stake) throws(ModuleError) in stake.returned = .zero }
        }
    }
}
