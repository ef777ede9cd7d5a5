public import ModuleKit

/// A cut of a lien. The rule (mesh security, section 4):
///
/// - The slashed validator pays first where there is one, up to all that counts as lien there. The rest is shared by the
///   other validators in proportion to what counts as lien with each, rounded down; what is left by rounding is taken one
///   unit each, from the largest on, among equals from the lowest address on.
/// - With each validator, what is staked pays first, then what has come back, then what is unbonding.
/// - What is staked or unbonding of the cut is forfeit from then on. It is no longer part of the lien, does not wait for the
///   user, and goes to the vault as soon as it comes back; of coins that come back from a validator the forfeit part is the
///   first.
extension StakeAccount {
    /// What a cut takes at one validator.
    public struct CutPart: Sendable, Hashable {
        /// The operator.
        public let validator: Address
        /// Of what is staked.
        public let staked: Amount
        /// Of what has come back.
        public let returned: Amount
        /// Of what is unbonding.
        public let unbonding: Amount

        /// Describes a part.
        public init(validator: Address, staked: Amount, returned: Amount, unbonding: Amount) {
            self.validator = validator
            self.staked = staked
            self.returned = returned
            self.unbonding = unbonding
        }

        init(_ amount: Amount, of stake: Stake) {
            let staked = min(amount, stake.staked)
            let rest = amount.saturatingSubtracting(staked)
            let returned = min(rest, stake.returned)
            self.init(
                validator: stake.validator,
                staked: staked,
                returned: returned,
                unbonding: min(rest.saturatingSubtracting(returned), stake.unbonding)
            )
        }
    }

    /// How a cut is shared; at most all that counts as lien is taken. `O(n log n)` in the validators.
    ///
    /// - Throws: `arithmeticOverflow`.
    public func parts(ofCut amount: Amount, first validator: Address?) throws(ModuleError) -> [CutPart] {
        var rest = min(amount, lien)
        var parts: [CutPart] = []
        if let validator {
            let stake = stake(at: validator)
            let part = min(rest, stake.lien)
            rest = rest.saturatingSubtracting(part)
            parts.append(CutPart(part, of: stake))
        }
        let others = stakes.filter { $0.validator != validator }
        let amounts = try Self.shares(of: rest, among: others.map(\.lien))
        for (stake, amount) in zip(others, amounts) { parts.append(CutPart(amount, of: stake)) }
        return parts.filter { !$0.staked.isZero || !$0.returned.isZero || !$0.unbonding.isZero }
    }

    /// Shares of an amount in proportion to weights, whose sum is not below it. The first of equal weights comes first.
    static func shares(of amount: Amount, among weights: [Amount]) throws(ModuleError) -> [Amount] {
        var total = Amount.zero
        for weight in weights { total = try total.adding(weight) }
        guard !total.isZero, !amount.isZero else { return weights.map { _ in .zero } }
        var shares: [Amount] = []
        var rest = amount
        for weight in weights {
            let share = try amount.multiplied(by: weight, over: total, rounding: .floor)
            shares.append(share)
            rest = try rest.subtracting(share)
        }
        // Fewer units are left than there are weights above zero, and each of those has room for one.
        let order = weights.indices.sorted { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 }
        for index in order where !rest.isZero && shares[index] < weights[index] {
            shares[index] = try shares[index].adding(.one)
            rest = try rest.subtracting(.one)
        }
        return shares
    }

    /// Carries a part of a cut out.
    ///
    /// - Throws: `arithmeticUnderflow` for more than there is.
    mutating func cut(_ part: CutPart) throws(ModuleError) {
        try change(part.validator) { (stake) throws(ModuleError) in
            stake.staked = try stake.staked.subtracting(part.staked)
            stake.returned = try stake.returned.subtracting(part.returned)
            stake.unbonding = try stake.unbonding.subtracting(part.unbonding)
            stake.leaving = try stake.leaving.adding(part.staked)
            stake.forfeit = try stake.forfeit.adding(part.staked).adding(part.unbonding)
        }
    }
}
